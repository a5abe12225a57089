use async_trait::async_trait;
use time::OffsetDateTime;

use super::{InsertMovie, RepositoryError};

/// The movies that may be those of a chunk of rows: all that have one of these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindImportedMovies {
    /// The set that the numbers belong to; without one no number is looked up.
    pub set: Option<i64>,
    pub numbers: Vec<i64>,
    pub imdb: Vec<String>,
    pub tmdb: Vec<i64>,
    pub movielens: Vec<i64>,
    /// Search keys of titles, for rows that name no id at all.
    pub title_keys: Vec<String>,
}

/// What a chunk of rows is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedMovieRecord {
    pub id: i64,
    /// Its number in the set that was asked for.
    pub number: Option<i64>,
    pub title_key: String,
    pub release_year: Option<i32>,
    pub imdb_id: Option<String>,
    pub tmdb_id: Option<i64>,
    pub movielens_id: Option<i64>,
}

/// A movie to add, under its number in the set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportMovie {
    pub number: Option<i64>,
    pub movie: InsertMovie,
}

/// Ids that a stored movie gets where it has none of that kind yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MergeIds {
    pub movie_id: i64,
    pub imdb_id: Option<String>,
    pub tmdb_id: Option<i64>,
    pub movielens_id: Option<i64>,
}

/// What becomes of a chunk of rows about movies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieChunk {
    pub set: i64,
    pub movies: Vec<ImportMovie>,
    /// Numbers of the set, with the stored movies that they mean.
    pub numbers: Vec<(i64, i64)>,
    pub ids: Vec<MergeIds>,
    pub at: OffsetDateTime,
}

impl MovieChunk {
    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.movies.is_empty() && self.numbers.is_empty() && self.ids.is_empty()
    }
}

/// A rating by a rater of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportRating {
    pub rater: i64,
    pub movie_id: i64,
    pub score: i16,
    pub at: OffsetDateTime,
}

/// A chunk of ratings, none of the same rater and movie as another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatingChunk {
    pub set: i64,
    pub ratings: Vec<ImportRating>,
    /// How many rows lie behind when the chunk begins, and when it ends.
    pub from: u64,
    pub to: u64,
    pub at: OffsetDateTime,
}

/// What came of ratings. Those of movies that are gone are in none of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StoredRatings {
    pub added: u64,
    pub changed: u64,
    /// They were there, or newer ones were.
    pub unchanged: u64,
}

/// How far an import of ratings has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatingsCheckpoint {
    /// How many rows are behind.
    pub items: u64,
    pub stored: StoredRatings,
}

/// Stores movies and ratings that come by the million.
///
/// What comes from one place, time and again, is a set with a name of its own. Within a set movies
/// and raters have numbers. A rater becomes a private account that stands for somebody who isn't
/// here: it MUST have a username and an address that nobody can sign up, sign in or ask for a code
/// with, a password hash that no password fits, and the status of a closed account; it counts
/// neither as the first account of a store nor in reports.
///
/// Each chunk is one transaction. The summaries, the catalogue's totals and the classes of
/// popularity MUST follow in that very transaction, so that they are what the ratings add up to at
/// any time, whoever else rates meanwhile and wherever the import ends.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait CatalogueImporter: Send + Sync {
    /// The set of this name, if there is one.
    async fn find_set(&self, name: String) -> Result<Option<i64>, RepositoryError>;

    /// The set of this name, which is made if there is none.
    async fn make_set(&self, name: String) -> Result<i64, RepositoryError>;

    /// All movies that have one of the numbers, ids or titles, each once. What title keys find is
    /// bounded by 100 movies for each.
    async fn find_movies(
        &self,
        wanted: FindImportedMovies,
    ) -> Result<Vec<ImportedMovieRecord>, RepositoryError>;

    /// Stores a chunk of movies, as [`MovieRepository::insert`](super::MovieRepository::insert)
    /// would each. A movie that gets an id is a new version of it, of which `movie_changed.v1` is
    /// told; so is one of the movies that are added, for the sake of lists.
    ///
    /// MUST return `Conflict` with an id that another movie has by now, and `Stale` when a number
    /// of the set has come to mean another movie or the movie is gone; nothing is stored then, and
    /// the caller looks again.
    async fn store_movies(&self, chunk: MovieChunk) -> Result<(), RepositoryError>;

    /// Up to `limit` numbers of the set greater than `after`, ascending, with their movies.
    async fn list_numbers(
        &self,
        set: i64,
        after: i64,
        limit: usize,
    ) -> Result<Vec<(i64, i64)>, RepositoryError>;

    /// Where to go on with the ratings of a set: where an import of files of the same fingerprint
    /// ended early, and otherwise at the beginning.
    async fn begin_ratings(
        &self,
        set: i64,
        fingerprint: String,
    ) -> Result<RatingsCheckpoint, RepositoryError>;

    /// Stores a chunk of ratings, and how far the import has come. A rating replaces one by the same
    /// rater that was given before it, so that ratings may come in any order and as often as they
    /// like. Those of movies that are gone are left out.
    ///
    /// MUST return `Stale` and store nothing when the import has not come to where the chunk begins,
    /// because somebody else imports the same set.
    async fn store_ratings(&self, chunk: RatingChunk) -> Result<StoredRatings, RepositoryError>;

    /// What [`store_ratings`](Self::store_ratings) would say of these ratings, none of the same
    /// rater and movie as another. Stores nothing.
    async fn compare_ratings(
        &self,
        set: i64,
        ratings: Vec<ImportRating>,
    ) -> Result<StoredRatings, RepositoryError>;

    /// Forgets how far the import has come; when it has changed anything since it began, tells
    /// `movie_changed.v1` of each movie of the set.
    async fn finish_ratings(&self, set: i64, at: OffsetDateTime) -> Result<(), RepositoryError>;
}
