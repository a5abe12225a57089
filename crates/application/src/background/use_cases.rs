use async_trait::async_trait;

use super::RelayedMessages;
use crate::ports::{Delivery, RepositoryError, Verdict};

/// What the worker does.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait BackgroundUseCases: Send + Sync {
    /// Moves one batch of messages from the outbox to the queue and waits for its answer.
    async fn relay_messages(&self) -> Result<RelayedMessages, RepositoryError>;

    /// Counts the rating changes among `deliveries` into the summaries, forgets cached copies of
    /// what changed, and says what became of each delivery.
    async fn count_ratings(&self, deliveries: Vec<Delivery>) -> Vec<(u64, Verdict)>;

    /// Brings some weighted scores to the catalogue's current mean; returns how many.
    async fn rescore_summaries(&self) -> Result<usize, RepositoryError>;
}
