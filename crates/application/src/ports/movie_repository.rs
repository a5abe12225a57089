use std::collections::BTreeSet;

use async_trait::async_trait;
use reelmark_domain::{MovieFacts, Title, TitleIndex, TitleKey, sought_key};
use time::OffsetDateTime;

use super::{MovieFactsRecord, MovieRecord, RepositoryError};

/// What a store indexes a movie under; derived from its facts, so both engines find alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovieIndex {
    /// The title's [`sought_key`]; also what lists by title are sorted by, byte by byte.
    pub title_key: String,
    /// The original title's, empty without one.
    pub original_title_key: String,
    /// Those of the other titles that differ from these two.
    pub other_keys: Vec<String>,
    /// What searches find all these keys by.
    pub titles: TitleIndex,
    /// The distinct [`TitleKey`]s of all its titles.
    pub title_keys: Vec<String>,
    /// The key of each genre, in the order of the genres.
    pub genre_keys: Vec<String>,
}

/// A movie to store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsertMovie {
    pub facts: MovieFactsRecord,
    pub index: MovieIndex,
    pub added_by: Option<i64>,
    pub at: OffsetDateTime,
}

/// New facts for a stored movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UpdateMovie {
    pub id: i64,
    /// The version that the new facts were made from.
    pub expected_version: i64,
    pub facts: MovieFactsRecord,
    pub index: MovieIndex,
    pub at: OffsetDateTime,
}

/// Keeps the movies of the catalogue.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait MovieRepository: Send + Sync {
    /// Stores a movie at version 1 together with an empty rating summary at version 0.
    ///
    /// MUST return `Conflict` with the external id that another movie has, and store nothing then.
    async fn insert(&self, movie: InsertMovie) -> Result<MovieRecord, RepositoryError>;

    /// Stores all of `movies` if there is no movie yet, else none; returns how many it stored.
    ///
    /// MUST be one transaction that excludes other writers of movies, so that of several replicas
    /// starting on an empty store exactly one fills it.
    async fn insert_into_empty(&self, movies: Vec<InsertMovie>) -> Result<usize, RepositoryError>;

    /// The movie as last written, never an older state: what an edit starts from.
    async fn find(&self, id: i64) -> Result<Option<MovieRecord>, RepositoryError>;

    /// Replaces the facts, adds 1 to the version and stores the outbox message `movie_changed.v1`
    /// in the same transaction. `None` when there is no such movie.
    ///
    /// MUST return `Stale` when the stored version isn't the expected one, and `Conflict` with the
    /// external id that another movie has; nothing is stored then.
    async fn update(&self, movie: UpdateMovie) -> Result<Option<MovieRecord>, RepositoryError>;

    /// Removes a movie with its ratings and summary. In the same transaction it stores one outbox
    /// message `rating_changed.v1` with no new score per rating, so that the catalogue's totals
    /// follow, and one `movie_changed.v1`. Returns whether there was such a movie.
    async fn remove(&self, id: i64, at: OffsetDateTime) -> Result<bool, RepositoryError>;
}

impl MovieIndex {
    /// Of a movie with these titles, the original one second and empty when there is none, and
    /// without genres.
    pub fn of_titles(title: &str, original_title: &str, others: &[String]) -> Self {
        let (title_key, original_title_key) = (sought_key(title), sought_key(original_title));
        let mut other_keys = Vec::new();
        for key in others.iter().map(|title| sought_key(title)) {
            let own = [&title_key, &original_title_key];
            if !key.is_empty() && !own.contains(&&key) && !other_keys.contains(&key) {
                other_keys.push(key);
            }
        }
        let own = [title_key.as_str(), &original_title_key];
        let titles = TitleIndex::of(own.into_iter().chain(other_keys.iter().map(String::as_str)));
        let all = [title, original_title].into_iter().chain(others.iter().map(String::as_str));
        let title_keys: BTreeSet<_> =
            all.map(|title| TitleKey::of(title).as_str().to_owned()).collect();
        let title_keys = title_keys.into_iter().filter(|key| !key.is_empty()).collect();
        let genre_keys = Vec::new();
        Self { title_key, original_title_key, other_keys, titles, title_keys, genre_keys }
    }
}

impl From<&MovieFacts> for MovieIndex {
    fn from(facts: &MovieFacts) -> Self {
        let original_title = facts.original_title.as_ref().map_or("", Title::as_str);
        let others = facts.alternative_titles.as_slice();
        let others: Vec<_> = others.iter().map(Title::to_string).collect();
        let genre_keys = facts.genres.as_slice().iter().map(|genre| genre.key()).collect();
        Self { genre_keys, ..Self::of_titles(facts.title.as_str(), original_title, &others) }
    }
}

impl InsertMovie {
    /// The request to store `facts`.
    pub fn new(facts: &MovieFacts, added_by: Option<i64>, at: OffsetDateTime) -> Self {
        Self { facts: facts.into(), index: facts.into(), added_by, at }
    }
}
