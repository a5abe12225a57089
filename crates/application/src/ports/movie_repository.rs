use std::collections::BTreeSet;

use async_trait::async_trait;
use reelmark_domain::{MovieFacts, TitleIndex, TitleKey, search_key, search_keys};
use time::OffsetDateTime;

use super::{MovieFactsRecord, MovieRecord, RepositoryError};

/// What a store indexes a movie under; derived from its facts, so both engines find alike.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovieIndex {
    /// The title's search key; also what lists by title are sorted by, byte by byte.
    pub title_key: String,
    /// The original title's search key, empty without one.
    pub original_title_key: String,
    /// The other search keys, of its other titles and of those with the article behind them.
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

impl From<&MovieFacts> for MovieIndex {
    fn from(facts: &MovieFacts) -> Self {
        let title_key = search_key(facts.title.as_str());
        let original_title_key =
            facts.original_title.as_ref().map(|t| search_key(t.as_str())).unwrap_or_default();
        let keys = TitleKeys::of(facts.titles());
        let genre_keys = facts.genres.as_slice().iter().map(|genre| genre.key()).collect();
        Self {
            other_keys: keys.others([&title_key, &original_title_key]),
            titles: TitleIndex::of(keys.searched.iter().map(String::as_str)),
            title_keys: keys.matched,
            title_key,
            original_title_key,
            genre_keys,
        }
    }
}

/// What a movie is found and matched by, made of all its titles. Stores that take up the movies of
/// an older release make it of what they have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TitleKeys {
    /// All its search keys.
    pub searched: Vec<String>,
    /// The distinct [`TitleKey`]s.
    pub matched: Vec<String>,
}

impl TitleKeys {
    /// Of a movie with these titles.
    pub fn of<'a>(titles: impl Iterator<Item = &'a str> + Clone) -> Self {
        let keys: BTreeSet<_> = titles.clone().map(TitleKey::of).collect();
        let matched = keys.iter().map(|key| key.as_str().to_owned()).filter(|key| !key.is_empty());
        Self { searched: search_keys(titles), matched: matched.collect() }
    }

    /// The search keys besides the two that have columns of their own.
    pub fn others(&self, own: [&str; 2]) -> Vec<String> {
        self.searched.iter().filter(|key| !own.contains(&key.as_str())).cloned().collect()
    }
}

impl InsertMovie {
    /// The request to store `facts`.
    pub fn new(facts: &MovieFacts, added_by: Option<i64>, at: OffsetDateTime) -> Self {
        Self { facts: facts.into(), index: facts.into(), added_by, at }
    }
}
