use std::sync::Arc;

use async_trait::async_trait;

use super::{LIFETIME, ReadThrough, movie_details_key};
use crate::ports::{
    Cache, ListedMovieRecord, MovieDetailsRecord, MovieFilter, MovieReader, RepositoryError,
};

/// Keeps single movies in the cache; lists go to the store, whose indexes serve them.
pub struct CachedMovieReader {
    store: Arc<dyn MovieReader>,
    read_through: ReadThrough,
}

impl CachedMovieReader {
    pub fn new(store: Arc<dyn MovieReader>, cache: Arc<dyn Cache>) -> Self {
        Self {
            store,
            read_through: ReadThrough::new(cache),
        }
    }
}

#[async_trait]
impl MovieReader for CachedMovieReader {
    async fn find(&self, id: i64) -> Result<Option<MovieDetailsRecord>, RepositoryError> {
        self.read_through
            .read(&movie_details_key(id), LIFETIME, || self.store.find(id))
            .await
    }

    async fn list(&self, filter: MovieFilter) -> Result<Vec<ListedMovieRecord>, RepositoryError> {
        self.store.list(filter).await
    }

    async fn count(&self, filter: MovieFilter) -> Result<u64, RepositoryError> {
        self.store.count(filter).await
    }
}
