use reelmark_domain::Secret;

/// Makes secrets: refresh tokens, and codes that are sent by mail.
///
/// Adapters MUST take at least 256 bits from the operating system's randomness for each, and write
/// them in `A–Z a–z 0–9 - _`.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait SecretGenerator: Send + Sync {
    /// A new secret.
    fn new_secret(&self) -> Secret;
}
