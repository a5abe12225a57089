use async_trait::async_trait;
use reelmark_domain::PlainPassword;
use thiserror::Error;

use super::Cause;

/// Why a password was not hashed or compared.
#[derive(Debug, Error)]
pub enum PasswordHasherError {
    /// Too many passwords wait to be hashed; nothing was done.
    #[error("too many passwords wait to be hashed")]
    Busy,
    /// The stored hash can't be read, or the hasher broke.
    #[error("the password could not be hashed")]
    Failed(#[source] Cause),
}

/// Turns passwords into hashes that are slow to guess.
///
/// Adapters MUST NOT block the caller's thread, and MUST bound how many requests wait.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// A salted hash in a self-describing format.
    async fn hash(&self, password: PlainPassword) -> Result<String, PasswordHasherError>;

    /// Whether `hash` was quicker to make than new ones are, so that it should be replaced when its
    /// password is known. One that can't be read is not.
    fn is_outdated(&self, hash: &str) -> bool;

    /// Whether `password` made `hash`. Without a hash it takes as long as with one and answers
    /// `false`, so that an unknown account can't be told from a wrong password.
    async fn verify(
        &self,
        password: PlainPassword,
        hash: Option<String>,
    ) -> Result<bool, PasswordHasherError>;
}
