use async_trait::async_trait;

use super::{RelayedMessages, WaitingWork};
use crate::messages::Channel;
use crate::ports::{DeadDelivery, Delivery, RepositoryError, Verdict};

/// What the worker does.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait BackgroundUseCases: Send + Sync {
    /// Moves one batch of a channel's messages from the outbox to its queue and waits for the
    /// answer.
    async fn relay_messages(&self, channel: Channel) -> Result<RelayedMessages, RepositoryError>;

    /// Works on deliveries of a channel and says what became of each: rating changes are counted
    /// into the summaries, and cached copies of what changed are forgotten; mails are sent,
    /// reports are made and files are imported.
    async fn consume(&self, channel: Channel, deliveries: Vec<Delivery>) -> Vec<(u64, Verdict)>;

    /// Keeps messages that a queue gave up where operators find them.
    async fn keep_dead_letters(&self, deliveries: Vec<DeadDelivery>)
    -> Result<(), RepositoryError>;

    /// How much waits to be done.
    async fn measure_backlog(&self) -> Result<WaitingWork, RepositoryError>;

    /// Brings some weighted scores to the catalogue's current mean; returns how many.
    async fn rescore_summaries(&self) -> Result<usize, RepositoryError>;
}
