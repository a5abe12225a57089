use async_trait::async_trait;

use crate::ports::{DeadLetterRecord, RepositoryError};

/// What operators do about messages that were given up.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait DeadLetterUseCases: Send + Sync {
    /// The letters behind `after`, by message id, up to
    /// [`DEAD_LETTERS_AT_ONCE`](super::DEAD_LETTERS_AT_ONCE); an empty page is the end.
    async fn list_dead_letters(
        &self,
        after: Option<i64>,
    ) -> Result<Vec<DeadLetterRecord>, RepositoryError>;

    /// Has messages published and tried again; returns those that were there.
    async fn retry_dead_letters(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError>;

    /// Has all messages tried again that are there now; returns how many they were. One that fails
    /// again meanwhile is not tried twice.
    async fn retry_all_dead_letters(&self) -> Result<usize, RepositoryError>;

    /// Deletes messages for good; returns those that were there.
    async fn remove_dead_letters(&self, ids: Vec<i64>) -> Result<Vec<i64>, RepositoryError>;
}
