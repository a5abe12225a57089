use deadpool::managed::{BuildError, PoolError};
use deadpool_redis::redis::RedisError;
use reelmark_application::ports::{CacheError, RateLimiterError};
use thiserror::Error;
use tokio::task::JoinError;

/// Why Redis didn't do as it was told.
#[derive(Debug, Error)]
pub(crate) enum Failure {
    #[error("the address is not usable")]
    Address(#[source] RedisError),
    #[error("the pool of connections can't be built")]
    Pool(#[source] BuildError),
    #[error("no connection")]
    Connection(#[source] PoolError<RedisError>),
    #[error("no answer in time")]
    Late,
    #[error("the command failed")]
    Command(#[source] RedisError),
    #[error("Redis is left alone until it has recovered from an earlier failure")]
    CircuitOpen,
    #[error("the runtime of the connections is gone")]
    RuntimeGone(#[source] JoinError),
}

impl Failure {
    pub(crate) fn is_broken_connection(&self) -> bool {
        matches!(self, Self::Command(error) if error.is_connection_dropped())
    }
}

impl From<Failure> for CacheError {
    fn from(failure: Failure) -> Self {
        Self(Box::new(failure))
    }
}

impl From<Failure> for RateLimiterError {
    fn from(failure: Failure) -> Self {
        Self(Box::new(failure))
    }
}
