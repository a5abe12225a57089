use std::time::Duration;

use reelmark_application::ports::QueueError;
use thiserror::Error;

/// Why the broker did not do what was asked.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error("RabbitMQ fails")]
    Broker(#[from] lapin::Error),
    #[error("RabbitMQ did not say in time what became of a message")]
    Unanswered,
    #[error("RabbitMQ did not answer within {0:?}")]
    TimedOut(Duration),
    /// The queue was deleted, or is about to move to another node.
    #[error("RabbitMQ cancelled the subscription")]
    Cancelled,
    #[error("RabbitMQ has no queue for the message, or refuses it")]
    NotTaken,
    #[error("the task that connects to RabbitMQ broke down")]
    Connecting(#[source] tokio::task::JoinError),
}

pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl From<Failure> for QueueError {
    fn from(failure: Failure) -> Self {
        Self(Box::new(failure))
    }
}
