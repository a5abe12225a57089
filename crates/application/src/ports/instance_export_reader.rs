use async_trait::async_trait;

use super::{MovieRecord, RatingRecord, RepositoryError};

/// Reads all there is, a page after the other. Pages follow the keys, so each row that is there all
/// the while is on exactly one of them.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait InstanceExportReader: Send + Sync {
    /// Up to `limit` ratings behind the one of this user and movie, by user and then movie.
    async fn list_all_ratings(
        &self,
        after: (i64, i64),
        limit: usize,
    ) -> Result<Vec<RatingRecord>, RepositoryError>;

    /// Up to `limit` movies with greater ids, ascending.
    async fn list_all_movies(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<Vec<MovieRecord>, RepositoryError>;
}
