use async_trait::async_trait;
use time::{Duration, OffsetDateTime};

use super::RepositoryError;
use crate::messages::Channel;

/// A message as stored and as it travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRecord {
    /// Unique for ever within one store, ascending in insertion order.
    pub id: i64,
    /// Name and version of the payload's format, such as `rating_changed.v1`.
    pub kind: String,
    /// JSON.
    pub payload: String,
    pub created_at: OffsetDateTime,
}

/// A message that can't be processed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    pub id: i64,
    pub reason: String,
}

/// How much waits in the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    pub depth: u64,
    pub oldest: Option<OffsetDateTime>,
}

/// The messages that were stored together with what they tell of, until a queue has them.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait Outbox: Send + Sync {
    /// Stores a message that tells of nothing else that is stored.
    async fn append(
        &self,
        kind: String,
        payload: String,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError>;

    /// Takes up to `limit` messages of a channel in ascending order of id that nobody has claimed,
    /// or whose claim has run out at `now`, and claims them until `now + hold`.
    ///
    /// MUST NOT give a message to two claimants at once, and MUST NOT make one wait for another.
    async fn claim(
        &self,
        channel: Channel,
        limit: usize,
        now: OffsetDateTime,
        hold: Duration,
    ) -> Result<Vec<MessageRecord>, RepositoryError>;

    /// Forgets messages that a queue has taken over. Unknown ids are ignored.
    async fn confirm(&self, ids: Vec<i64>) -> Result<(), RepositoryError>;

    /// Gives claims back, so that the messages can be claimed again at once.
    async fn release(&self, ids: Vec<i64>) -> Result<(), RepositoryError>;

    /// Moves messages to the dead letters, in one transaction.
    async fn bury(
        &self,
        letters: Vec<DeadLetter>,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError>;

    /// What still waits, claimed or not.
    async fn backlog(&self) -> Result<Backlog, RepositoryError>;
}
