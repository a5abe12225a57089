use std::sync::Arc;
use std::time::Duration;

use reelmark_domain::NeighbourList;

use super::ReadThrough;
use super::keys::neighbours_key;
use crate::ports::{Cache, NeighbourListRecord, NeighbourReader, RepositoryError};

/// How old a list may be. Nobody says when there is a new one, for that would concern all movies at
/// once; lists are computed far less often than this.
const LIFETIME: Duration = Duration::from_secs(10);

/// Reads the neighbours of movies that many look at from the cache.
pub struct CachedNeighbours {
    store: Arc<dyn NeighbourReader>,
    read_through: ReadThrough,
}

impl CachedNeighbours {
    pub fn new(store: Arc<dyn NeighbourReader>, cache: Arc<dyn Cache>) -> Self {
        Self { store, read_through: ReadThrough::new(cache) }
    }

    /// The neighbours of one movie; `None` when it has none.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn of(&self, movie_id: i64) -> Result<Option<NeighbourList>, RepositoryError> {
        let load = async || Ok(self.store.find(vec![movie_id]).await?.pop());
        let key = neighbours_key(movie_id);
        let found: Result<Option<NeighbourListRecord>, RepositoryError> =
            self.read_through.read(&key, LIFETIME, load).await;
        Ok(found?.map(NeighbourList::try_from).transpose()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Lookup, MockCache, MockNeighbourReader, NeighbourRecord};

    #[tokio::test]
    async fn cached_neighbours_do_not_reach_the_store() {
        let neighbours = vec![NeighbourRecord { movie_id: 43, similarity: 5_000 }];
        let bytes = serde_json::to_vec(&NeighbourListRecord { movie_id: 42, neighbours }).unwrap();
        let mut cache = MockCache::new();
        cache.expect_lookup().returning(move |_| Ok(Lookup::Hit(bytes.clone())));
        let cached = CachedNeighbours::new(Arc::new(MockNeighbourReader::new()), Arc::new(cache));
        let list = cached.of(42).await.unwrap().unwrap();
        assert_eq!(list.neighbours[0].similarity.get(), 0.5);
    }
}
