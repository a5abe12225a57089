use std::sync::Arc;

use reelmark_domain::Page;

use super::near::{PageKey, Seen};
use super::{NearCopies, Shown, ShownMovie, ShownMoviePage};
use crate::ports::{MovieDetails, MovieReader, RepositoryError};

/// Movies and pages of movies as they are shown: from a copy in this process, else from the shared
/// cache, else from the store.
///
/// A movie that wasn't asked for lately comes straight from the store and leaves no copy anywhere:
/// it takes a second reader to make that worth its while. So whoever reads through the whole
/// catalogue costs neither look-ups in the shared cache nor others their copies.
pub struct MovieViews {
    store: Arc<dyn MovieReader>,
    cached: Arc<dyn MovieReader>,
    copies: Arc<NearCopies>,
    seen: Seen,
}

impl MovieViews {
    /// `cached` reads what `store` holds through the shared cache.
    pub fn new(
        store: Arc<dyn MovieReader>,
        cached: Arc<dyn MovieReader>,
        copies: Arc<NearCopies>,
    ) -> Self {
        Self { store, cached, copies, seen: Seen::new() }
    }

    /// What stands behind the copies.
    pub fn reader(&self) -> &dyn MovieReader {
        &*self.cached
    }

    /// One movie.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn find(&self, id: i64) -> Result<Option<ShownMovie>, RepositoryError> {
        let found = if self.seen.note(id) {
            self.copies.movie(id, || load(&*self.cached, id)).await
        } else {
            load(&*self.store, id).await
        };
        match found {
            Ok(movie) => Ok(Some(movie)),
            Err(NotLoaded::Absent) => Ok(None),
            Err(NotLoaded::Failed(error)) => Err(error),
        }
    }

    /// A page, as `list` lists it unless there is a copy.
    ///
    /// # Errors
    /// Those of `list`.
    pub(crate) async fn page<E, F, Fut>(&self, key: PageKey, list: F) -> Result<ShownMoviePage, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<Page<MovieDetails>, E>>,
    {
        let load = async || Ok(Arc::new(Shown::new(list().await?)));
        self.copies.page(&key, load).await
    }
}

/// Why there is no movie to show.
enum NotLoaded {
    Absent,
    Failed(RepositoryError),
}

async fn load(movies: &dyn MovieReader, id: i64) -> Result<ShownMovie, NotLoaded> {
    let record = movies.find(id).await.map_err(NotLoaded::Failed)?.ok_or(NotLoaded::Absent)?;
    let details = MovieDetails::try_from(record);
    Ok(Arc::new(Shown::new(details.map_err(|corrupt| NotLoaded::Failed(corrupt.into()))?)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::movie::ListMovies;
    use crate::ports::MockMovieReader;
    use crate::testing::{clock, details_record};
    use reelmark_domain::PageLimit;

    fn views(store: MockMovieReader, cached: MockMovieReader) -> MovieViews {
        let copies = Arc::new(NearCopies::new(Arc::new(clock())));
        MovieViews::new(Arc::new(store), Arc::new(cached), copies)
    }

    #[tokio::test]
    async fn the_first_reader_asks_the_store_the_second_the_cache_and_later_ones_nobody() {
        let (mut store, mut cached) = (MockMovieReader::new(), MockMovieReader::new());
        store.expect_find().once().returning(|_| Ok(Some(details_record())));
        cached.expect_find().once().returning(|_| Ok(Some(details_record())));
        let views = views(store, cached);
        for _ in 0..5 {
            assert_eq!(views.find(42).await.unwrap().unwrap().movie.id().get(), 42);
        }
    }

    #[tokio::test]
    async fn what_is_not_there_is_asked_for_each_time() {
        let (mut store, mut cached) = (MockMovieReader::new(), MockMovieReader::new());
        store.expect_find().once().returning(|_| Ok(None));
        cached.expect_find().times(2).returning(|_| Ok(None));
        let views = views(store, cached);
        for _ in 0..3 {
            assert!(views.find(42).await.unwrap().is_none());
        }
    }

    #[tokio::test]
    async fn a_page_is_listed_once_for_all_who_ask_for_the_same() {
        let views = views(MockMovieReader::new(), MockMovieReader::new());
        let page = |total| Page::<MovieDetails> { items: vec![], next: None, total: Some(total) };
        let show = async |limit, total| {
            let limit = PageLimit::parse(limit).unwrap();
            let key = PageKey::Catalogue(ListMovies { limit, ..ListMovies::default() });
            views.page(key, async || Ok::<_, ()>(page(total))).await.unwrap().total
        };
        assert_eq!((show(20, 1).await, show(20, 2).await), (Some(1), Some(1)));
        assert_eq!(show(21, 3).await, Some(3));
    }
}
