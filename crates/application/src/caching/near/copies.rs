use std::sync::Arc;

use reelmark_domain::Page;
use time::Duration;

use super::Shown;
use super::near_cache::NearCache;
use crate::caching::keys::{MOVIE_LISTS_KEY, movie_of_key};
use crate::movie::{ListChart, ListMovies};
use crate::ports::{CacheListener, Clock, MovieDetails};

/// How old a copy may be, wherever it is and whoever failed to say that it is out of date.
const LIFETIME: Duration = Duration::SECOND;

/// How many movies are kept. With what was rendered of it one takes a few KiB.
const MOVIES: usize = 10_000;

/// How many pages are kept. With what was rendered of it one takes 50 KiB, or 250 KiB at worst.
const PAGES: usize = 256;

/// What a page of movies is a page of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum PageKey {
    Catalogue(ListMovies),
    Chart(ListChart),
}

/// A movie that many are shown.
pub type ShownMovie = Arc<Shown<MovieDetails>>;

/// A page of movies that many are shown.
pub type ShownMoviePage = Arc<Shown<Page<MovieDetails>>>;

/// The copies that this replica keeps in front of the shared cache, for a second at most.
///
/// An invalidation on this replica forgets a movie at once, and an edit all pages. Of what others
/// do it hears through [`CacheListener`], or it doesn't and shows it a second late.
pub struct NearCopies {
    movies: NearCache<i64, ShownMovie>,
    pages: NearCache<PageKey, ShownMoviePage>,
}

impl NearCopies {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            movies: NearCache::new(MOVIES, LIFETIME, clock.clone()),
            pages: NearCache::new(PAGES, LIFETIME, clock),
        }
    }

    /// The movie of this id, as `load` gets it unless there is a copy.
    pub(in crate::caching) async fn movie<E, F, Fut>(
        &self,
        id: i64,
        load: F,
    ) -> Result<ShownMovie, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<ShownMovie, E>>,
    {
        self.movies.read(&id, load).await
    }

    /// The same for a page.
    pub(in crate::caching) async fn page<E, F, Fut>(
        &self,
        key: &PageKey,
        load: F,
    ) -> Result<ShownMoviePage, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<ShownMoviePage, E>>,
    {
        self.pages.read(key, load).await
    }
}

impl CacheListener for NearCopies {
    fn forgotten(&self, key: &str) {
        if let Some(movie) = movie_of_key(key) {
            self.movies.forget(&movie);
        } else if key == MOVIE_LISTS_KEY {
            self.pages.clear();
        }
    }

    fn lost_track(&self) {
        self.movies.clear();
        self.pages.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caching::touched_by;
    use crate::messages::{Message, MovieChangedV1, RatingChangedV1};
    use crate::ports::MovieDetails;
    use crate::testing::{clock, details_record};

    struct Kept {
        copies: NearCopies,
        movie: ShownMovie,
        page: ShownMoviePage,
    }

    fn key() -> PageKey {
        PageKey::Catalogue(ListMovies::default())
    }

    /// A copy of movie 42 and one of a page.
    async fn kept() -> Kept {
        let copies = NearCopies::new(Arc::new(clock()));
        let details = MovieDetails::try_from(details_record()).unwrap();
        let movie = Arc::new(Shown::new(details));
        let page = Arc::new(Shown::new(Page { items: vec![], next: None, total: None }));
        copies.movie(42, async || Ok::<_, ()>(movie.clone())).await.unwrap();
        copies.page(&key(), async || Ok::<_, ()>(page.clone())).await.unwrap();
        Kept { copies, movie, page }
    }

    impl Kept {
        async fn has_movie(&self) -> bool {
            let found = self.copies.movie(42, async || Err(())).await;
            found.is_ok_and(|movie| Arc::ptr_eq(&movie, &self.movie))
        }

        async fn has_page(&self) -> bool {
            let found = self.copies.page(&key(), async || Err(())).await;
            found.is_ok_and(|page| Arc::ptr_eq(&page, &self.page))
        }

        fn hear_of(&self, event: Message) {
            touched_by(&event).iter().for_each(|key| self.copies.forgotten(key));
        }
    }

    #[tokio::test]
    async fn an_edit_forgets_the_movie_and_every_page() {
        let kept = kept().await;
        assert!(kept.has_movie().await && kept.has_page().await);
        kept.hear_of(Message::MovieChanged(MovieChangedV1 { movie: 42 }));
        assert!(!kept.has_movie().await && !kept.has_page().await);
    }

    #[tokio::test]
    async fn a_rating_forgets_the_movie_and_no_page() {
        let kept = kept().await;
        let rating = |movie| RatingChangedV1 { movie, user: 7, old: None, new: Some(9) };
        kept.hear_of(Message::RatingChanged(rating(43)));
        assert!(kept.has_movie().await);
        kept.hear_of(Message::RatingChanged(rating(42)));
        assert!(!kept.has_movie().await && kept.has_page().await);
    }

    #[tokio::test]
    async fn nothing_is_left_once_track_was_lost() {
        let kept = kept().await;
        kept.copies.lost_track();
        assert!(!kept.has_movie().await && !kept.has_page().await);
    }
}
