//! The dead letters.

mod count;
mod keep;
mod list;
mod remove;
mod retry;

use async_trait::async_trait;
use reelmark_application::ports::{DeadLetterRecord, DeadLetters, RepositoryError};

use crate::store::PostgresStore;

/// Keeps the messages that were given up in PostgreSQL.
pub struct PostgresDeadLetters {
    store: PostgresStore,
}

impl PostgresDeadLetters {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl DeadLetters for PostgresDeadLetters {
    async fn keep(&self, letters: Vec<DeadLetterRecord>) -> Result<(), RepositoryError> {
        Ok(keep::run(&self.store, &letters).await?)
    }

    async fn list(
        &self,
        after: Option<i64>,
        limit: usize,
    ) -> Result<Vec<DeadLetterRecord>, RepositoryError> {
        Ok(list::run(&self.store, after, limit).await?)
    }

    async fn count(&self) -> Result<u64, RepositoryError> {
        Ok(count::run(&self.store).await?)
    }

    async fn retry(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError> {
        Ok(retry::run(&self.store, &ids).await?)
    }

    async fn remove(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError> {
        Ok(remove::run(&self.store, &ids).await?)
    }
}
