/// Makes ids for things that no store numbers: tokens and requests.
///
/// Adapters MUST never give out the same id twice, on any replica; 1 to 64 characters of
/// `A–Z a–z 0–9 -`.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait IdGenerator: Send + Sync {
    /// A new id.
    fn new_id(&self) -> String;
}
