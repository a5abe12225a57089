use std::sync::Arc;

use async_trait::async_trait;

use super::{DeadLetterUseCases, list_dead_letters, retry_all_dead_letters};
use crate::ports::{DeadLetterRecord, DeadLetters, RepositoryError};

/// The use cases about dead letters.
pub struct DeadLetterService {
    letters: Arc<dyn DeadLetters>,
}

impl DeadLetterService {
    pub fn new(letters: Arc<dyn DeadLetters>) -> Self {
        Self { letters }
    }
}

#[async_trait]
impl DeadLetterUseCases for DeadLetterService {
    async fn list_dead_letters(
        &self,
        after: Option<i64>,
    ) -> Result<Vec<DeadLetterRecord>, RepositoryError> {
        list_dead_letters::run(&*self.letters, after).await
    }

    async fn retry_dead_letters(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError> {
        self.letters.retry(ids).await
    }

    async fn retry_all_dead_letters(&self) -> Result<usize, RepositoryError> {
        retry_all_dead_letters::run(&*self.letters).await
    }

    async fn remove_dead_letters(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError> {
        self.letters.remove(ids).await
    }
}
