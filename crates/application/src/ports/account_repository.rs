use async_trait::async_trait;
use time::OffsetDateTime;

use super::RepositoryError;

/// A new password for somebody who knows the old one.
#[derive(Clone, PartialEq, Eq)]
pub struct ReplacePassword {
    pub user_id: i64,
    /// The hash that the user was just found to know the password of.
    pub old_hash: String,
    pub new_hash: String,
    /// The session that goes on; all others end.
    pub keep_session: i64,
}

/// An account to erase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EraseAccount {
    pub user_id: i64,
    pub at: OffsetDateTime,
}

/// What came of erasing an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErasureOutcome {
    /// It is gone.
    Erased {
        /// The movies that it had rated or added, whose cached copies are out of date.
        movies: Vec<i64>,
    },
    /// Nothing was changed, because no other active account is an admin.
    LastAdmin,
    /// It was gone before.
    NotFound,
}

/// Changes accounts together with what hangs on them.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait AccountRepository: Send + Sync {
    /// Replaces the password hash and, in the same transaction, ends all sessions of the user but
    /// one and forgets codes for a new password. Whether the old hash was still the stored one.
    async fn replace_password(&self, password: ReplacePassword) -> Result<bool, RepositoryError>;

    /// Erases an account with its ratings, reviews, sessions and codes, and stores
    /// `rating_changed.v2` with no new score for each rating, in one transaction. Movies that it
    /// added stay, added by nobody, and the audit trail keeps its events without what identifies it.
    /// Its username and address are free from then on.
    ///
    /// MUST leave at least one active admin where there was one, also when several erase themselves
    /// at once: whoever is pending or disabled can't give out roles. MUST NOT lose the message of a rating that is stored at the same time.
    async fn erase(&self, account: EraseAccount) -> Result<ErasureOutcome, RepositoryError>;
}

impl std::fmt::Debug for ReplacePassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ReplacePassword").field("user_id", &self.user_id).finish_non_exhaustive()
    }
}
