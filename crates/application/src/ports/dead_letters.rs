use async_trait::async_trait;
use time::OffsetDateTime;

use super::{MessageRecord, RepositoryError};

/// A message that could not be processed, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetterRecord {
    pub message: MessageRecord,
    /// Why it was given up.
    pub reason: String,
    pub buried_at: OffsetDateTime,
}

/// The messages that were given up, until somebody decides about them. [`Outbox::bury`] puts them
/// here too.
///
/// [`Outbox::bury`]: super::Outbox::bury
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait DeadLetters: Send + Sync {
    /// Keeps letters that a queue outside the store gave up. One that is there already MUST stay as
    /// it is, because a queue may hand out a letter again.
    async fn keep(&self, letters: Vec<DeadLetterRecord>) -> Result<(), RepositoryError>;

    /// Up to `limit` letters with an id greater than `after`, in ascending order of id.
    async fn list(
        &self,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<DeadLetterRecord>, RepositoryError>;

    /// How many there are.
    async fn count(&self) -> Result<u64, RepositoryError>;

    /// Moves letters back to the outbox, unclaimed, and returns the ids of those that were there.
    ///
    /// MUST be one transaction, and MUST keep each message's id: what was counted under it once
    /// isn't counted again.
    async fn retry(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError>;

    /// Deletes letters for good, and returns the ids of those that were there.
    async fn remove(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError>;
}
