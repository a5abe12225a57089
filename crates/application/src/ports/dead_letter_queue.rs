use async_trait::async_trait;

use super::{MessageRecord, QueueError};

/// A message that a queue gave up, on its way to the store's [`DeadLetters`](super::DeadLetters).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadDelivery {
    pub message: MessageRecord,
    /// Why it was given up.
    pub reason: String,
    /// Names this delivery towards the queue.
    pub receipt: u64,
}

/// Takes the messages that a queue outside this process gave up, of all channels.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait DeadLetterQueue: Send + Sync {
    /// Waits for at least one message and takes up to `max` that are there.
    ///
    /// MUST be safe to drop while waiting: no message may get lost that way.
    async fn next_batch(&self, max: usize) -> Result<Vec<DeadDelivery>, QueueError>;

    /// Has the queue forget deliveries, because they are kept elsewhere.
    async fn acknowledge(&self, receipts: Vec<u64>) -> Result<(), QueueError>;

    /// Has deliveries come again after a rest. However often that happens, none may get lost.
    async fn postpone(&self, receipts: Vec<u64>) -> Result<(), QueueError>;
}
