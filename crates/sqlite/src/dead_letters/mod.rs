//! The dead letters.

mod count;
mod keep;
mod list;
mod remove;
mod retry;

use async_trait::async_trait;
use reelmark_application::ports::{DeadLetterRecord, DeadLetters, RepositoryError};

use crate::store::SqliteStore;

/// Keeps the messages that were given up in SQLite.
pub struct SqliteDeadLetters {
    store: SqliteStore,
}

impl SqliteDeadLetters {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl DeadLetters for SqliteDeadLetters {
    async fn keep(&self, letters: Vec<DeadLetterRecord>) -> Result<(), RepositoryError> {
        self.store.write(move |c| keep::run(c, &letters)).await
    }

    async fn list(
        &self,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<DeadLetterRecord>, RepositoryError> {
        self.store.read_long(move |c| list::run(c, after, limit)).await
    }

    async fn count(&self) -> Result<u64, RepositoryError> {
        self.store.read_long(count::run).await
    }

    async fn retry(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError> {
        self.store.write(move |c| retry::run(c, &ids)).await
    }

    async fn remove(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError> {
        self.store.write(move |c| remove::run(c, &ids)).await
    }
}
