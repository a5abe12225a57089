//! The outbox.

mod append;
mod append_message;
mod backlog;
mod bury;
mod claim;
mod confirm;
mod release;

pub(crate) use append::append;

use async_trait::async_trait;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{Backlog, DeadLetter, MessageRecord, Outbox, RepositoryError};
use time::{Duration, OffsetDateTime};

use crate::store::PostgresStore;

/// Keeps the messages that wait for a queue in PostgreSQL.
pub struct PostgresOutbox {
    store: PostgresStore,
}

impl PostgresOutbox {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl Outbox for PostgresOutbox {
    async fn append(
        &self,
        kind: String,
        payload: String,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError> {
        Ok(append_message::run(&self.store, &kind, &payload, at).await?)
    }

    async fn claim(
        &self,
        channel: Channel,
        limit: usize,
        now: OffsetDateTime,
        hold: Duration,
    ) -> Result<Vec<MessageRecord>, RepositoryError> {
        Ok(claim::run(&self.store, channel, limit, now, hold).await?)
    }

    async fn confirm(&self, ids: Vec<i64>) -> Result<(), RepositoryError> {
        Ok(confirm::run(&self.store, &ids).await?)
    }

    async fn release(&self, ids: Vec<i64>) -> Result<(), RepositoryError> {
        Ok(release::run(&self.store, &ids).await?)
    }

    async fn bury(
        &self,
        letters: Vec<DeadLetter>,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError> {
        Ok(bury::run(&self.store, letters, at).await?)
    }

    async fn backlog(&self) -> Result<Backlog, RepositoryError> {
        Ok(backlog::run(&self.store).await?)
    }
}
