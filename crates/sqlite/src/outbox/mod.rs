//! Messages that wait for a queue.

mod append;
mod append_message;
mod backlog;
mod bury;
mod claim;
mod confirm;
mod release;

use async_trait::async_trait;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{Backlog, DeadLetter, MessageRecord, Outbox, RepositoryError};
use time::{Duration, OffsetDateTime};

use crate::store::SqliteStore;
pub(crate) use append::append;

/// Keeps the outbox in SQLite.
pub struct SqliteOutbox {
    store: SqliteStore,
}

impl SqliteOutbox {
    /// Keeps it in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl Outbox for SqliteOutbox {
    async fn append(
        &self,
        kind: String,
        payload: String,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError> {
        self.store.write(move |c| append_message::run(c, &kind, &payload, at)).await
    }

    async fn claim(
        &self,
        channel: Channel,
        limit: usize,
        now: OffsetDateTime,
        hold: Duration,
    ) -> Result<Vec<MessageRecord>, RepositoryError> {
        self.store.write(move |c| claim::run(c, channel, limit, now, hold)).await
    }

    async fn confirm(&self, ids: Vec<i64>) -> Result<(), RepositoryError> {
        self.store.write(move |c| confirm::run(c, &ids)).await
    }

    async fn release(&self, ids: Vec<i64>) -> Result<(), RepositoryError> {
        self.store.write(move |c| release::run(c, &ids)).await
    }

    async fn bury(
        &self,
        letters: Vec<DeadLetter>,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError> {
        self.store.write(move |c| bury::run(c, &letters, at)).await
    }

    async fn backlog(&self) -> Result<Backlog, RepositoryError> {
        self.store.read_long(backlog::run).await
    }
}
