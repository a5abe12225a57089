use async_trait::async_trait;
use time::OffsetDateTime;

use super::{ListRatings, RatingRecord, RepositoryError};

/// What names a movie, here and elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieNamesRecord {
    pub id: i64,
    pub title: String,
    pub release_year: Option<i32>,
    pub imdb_id: Option<String>,
    pub tmdb_id: Option<i64>,
    pub movielens_id: Option<i64>,
}

/// A rating with all that names its movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportedRatingRecord {
    pub rating: RatingRecord,
    pub movie: MovieNamesRecord,
}

/// A movie that somebody added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddedMovieRecord {
    pub movie: MovieNamesRecord,
    pub created_at: OffsetDateTime,
}

/// A page of the movies that somebody added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListAddedMovies {
    pub added_by: i64,
    /// The list starts behind this id.
    pub after: Option<i64>,
    /// The greatest number of movies to return.
    pub limit: usize,
}

/// A page of somebody's ratings in the order of the movies' ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListRatingsByMovie {
    pub user_id: i64,
    /// The list starts behind this movie's id.
    pub after: Option<i64>,
    /// The greatest number of ratings to return.
    pub limit: usize,
}

/// Reads what is held about a user, to hand it out to them.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ExportReader: Send + Sync {
    /// The ratings by a user, strictly behind `after`, latest first, ties by movie id descending.
    async fn list_ratings(
        &self,
        list: ListRatings,
    ) -> Result<Vec<ExportedRatingRecord>, RepositoryError>;

    /// The ratings by a user, in ascending order of the movie's id, strictly behind `after`: an
    /// order that doesn't depend on when they were written.
    async fn list_ratings_by_movie(
        &self,
        list: ListRatingsByMovie,
    ) -> Result<Vec<ExportedRatingRecord>, RepositoryError>;

    /// The movies that a user added, in ascending order of id, strictly behind `after`.
    async fn list_added_movies(
        &self,
        list: ListAddedMovies,
    ) -> Result<Vec<AddedMovieRecord>, RepositoryError>;
}
