use std::sync::Arc;

use async_trait::async_trait;

use super::{LIFETIME, ReadThrough, movie_details_key};
use crate::ports::{
    Cache, CandidateQuery, ListedMovieRecord, MovieCandidateRecord, MovieDetailsRecord,
    MovieFilter, MovieReader, RepositoryError,
};

/// Keeps single movies in the cache; lists go to the store, whose indexes serve them.
pub struct CachedMovieReader {
    store: Arc<dyn MovieReader>,
    read_through: ReadThrough,
}

impl CachedMovieReader {
    pub fn new(store: Arc<dyn MovieReader>, cache: Arc<dyn Cache>) -> Self {
        Self { store, read_through: ReadThrough::new(cache) }
    }
}

#[async_trait]
impl MovieReader for CachedMovieReader {
    async fn find(&self, id: i64) -> Result<Option<MovieDetailsRecord>, RepositoryError> {
        self.read_through.read(&movie_details_key(id), LIFETIME, || self.store.find(id)).await
    }

    async fn list(&self, filter: MovieFilter) -> Result<Vec<ListedMovieRecord>, RepositoryError> {
        self.store.list(filter).await
    }

    async fn count(&self, filter: MovieFilter) -> Result<u64, RepositoryError> {
        self.store.count(filter).await
    }

    async fn list_candidates(
        &self,
        wanted: Vec<CandidateQuery>,
    ) -> Result<Vec<MovieCandidateRecord>, RepositoryError> {
        self.store.list_candidates(wanted).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Lease, Lookup, MockCache, MockMovieReader};
    use crate::testing::details_record;

    #[tokio::test]
    async fn a_cached_movie_does_not_reach_the_store() {
        let mut cache = MockCache::new();
        let bytes = serde_json::to_vec(&details_record()).unwrap();
        cache.expect_lookup().returning(move |_| Ok(Lookup::Hit(bytes.clone())));
        let reader = CachedMovieReader::new(Arc::new(MockMovieReader::new()), Arc::new(cache));
        assert_eq!(reader.find(42).await.unwrap(), Some(details_record()));
    }

    #[tokio::test]
    async fn an_unknown_movie_is_not_cached() {
        let mut cache = MockCache::new();
        cache
            .expect_lookup()
            .returning(|key| Ok(Lookup::Miss(Lease { key: key.into(), token: "t".into() })));
        let mut store = MockMovieReader::new();
        store.expect_find().once().returning(|_| Ok(None));
        let reader = CachedMovieReader::new(Arc::new(store), Arc::new(cache));
        assert_eq!(reader.find(42).await.unwrap(), None);
    }
}
