use async_trait::async_trait;
use time::OffsetDateTime;

use super::{RepositoryError, UserRecord};

/// A code to keep, of which only the digest is known.
#[derive(Clone, PartialEq, Eq)]
pub struct PutAccountCode {
    pub user_id: i64,
    /// The name of a [`CodePurpose`](reelmark_domain::CodePurpose).
    pub purpose: String,
    pub code_hash: String,
    pub at: OffsetDateTime,
    pub expires_at: OffsetDateTime,
}

/// A new password for the account that a code was sent to.
#[derive(Clone, PartialEq, Eq)]
pub struct ResetPasswordByCode {
    pub code_hash: String,
    pub password_hash: String,
    pub at: OffsetDateTime,
}

/// Keeps the codes that people get by mail. Of a code it is only ever given the digest.
///
/// A code that is not of the asked purpose, has expired (at its `expires_at`), was used or was
/// replaced is none.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AccountCodeRepository: Send + Sync {
    /// Keeps a code in place of the one that this user had for this purpose; whether there is such
    /// a user.
    async fn put(&self, code: PutAccountCode) -> Result<bool, RepositoryError>;

    /// The account that a code was sent to.
    async fn find_owner(
        &self,
        code_hash: String,
        purpose: String,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError>;

    /// Uses up a code for activation and makes its pending account an active one; the user whose
    /// code it was.
    ///
    /// MUST let one of several who use a code at once succeed.
    async fn activate(
        &self,
        code_hash: String,
        at: OffsetDateTime,
    ) -> Result<Option<i64>, RepositoryError>;

    /// Uses up a code for a new password: in one transaction the password hash is replaced, all
    /// sessions of the user are ended, and a pending account becomes active, because the code
    /// proves its address. Whether there was such a code.
    ///
    /// MUST let one of several who use a code at once succeed.
    async fn reset_password(&self, reset: ResetPasswordByCode) -> Result<bool, RepositoryError>;

    /// Forgets up to `limit` codes that have expired; returns how many.
    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError>;
}

impl std::fmt::Debug for PutAccountCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PutAccountCode").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ResetPasswordByCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResetPasswordByCode").field("at", &self.at).finish_non_exhaustive()
    }
}
