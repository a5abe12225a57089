use async_trait::async_trait;
use thiserror::Error;

use super::{Cause, MessageRecord};

/// How often a message is tried before it counts as poison.
pub const MAX_ATTEMPTS: u32 = 5;

/// What became of a published message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Publication {
    /// The queue answers for it from now on; a crash of the publisher can't lose it.
    Confirmed,
    /// It was tried [`MAX_ATTEMPTS`] times, or its reader refused it for good.
    Rejected {
        /// Why, for whoever looks at the dead letters.
        reason: String,
    },
    /// Nobody knows; it has to be published again.
    Unconfirmed,
}

/// A message handed to a consumer, who owes a [`Verdict`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub message: MessageRecord,
    /// Names this delivery towards the queue.
    pub receipt: u64,
    /// 1 on the first try.
    pub attempt: u32,
}

/// What a consumer made of a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is done and must not come again.
    Done,
    /// It may go better next time; counts as one attempt.
    Retry {
        /// Why it went wrong.
        reason: String,
    },
    /// It was not tried, because something that all messages need is down; doesn't count.
    Postpone,
    /// It can never succeed.
    Refuse {
        /// Why not.
        reason: String,
    },
}

/// The queue can't be reached.
#[derive(Debug, Error)]
#[error("the queue is unavailable")]
pub struct QueueError(#[source] pub Cause);

/// Hands messages to a queue.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait EventPublisher: Send + Sync {
    /// Publishes messages and waits until the fate of each is known: one answer per message, in
    /// their order.
    ///
    /// MUST NOT answer `Confirmed` while a crash of this process could still lose the message.
    async fn publish(&self, messages: Vec<MessageRecord>) -> Vec<Publication>;
}

/// Takes messages from a queue.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait MessageConsumer: Send + Sync {
    /// Waits for at least one message and takes up to `max` that are there.
    ///
    /// MUST be safe to drop while waiting: no message may get lost that way.
    async fn next_batch(&self, max: usize) -> Result<Vec<Delivery>, QueueError>;

    /// How many messages wait to be handed out, about.
    async fn waiting(&self) -> Result<u64, QueueError>;

    /// Tells the queue what became of deliveries. A message with [`MAX_ATTEMPTS`] failed attempts,
    /// or refused, MUST NOT be delivered again; its publisher or the dead letters get the reason.
    async fn settle(&self, verdicts: Vec<(u64, Verdict)>) -> Result<(), QueueError>;
}
