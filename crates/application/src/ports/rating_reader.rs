use async_trait::async_trait;

use super::{RatingRecord, RepositoryError};

/// The place of a rating in a list: when it was last written, in microseconds since 1970, and the
/// id of the user or movie that differs from row to row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatingPosition {
    pub updated_at_micros: i64,
    pub id: i64,
}

/// A page of ratings of one movie or of one user, latest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListRatings {
    /// The movie or the user whose ratings are listed.
    pub of: i64,
    /// The list starts behind this place.
    pub after: Option<RatingPosition>,
    /// The greatest number of ratings to return.
    pub limit: usize,
}

/// A rating of a movie, with who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovieRatingRecord {
    pub rating: RatingRecord,
    pub username: String,
    pub display_name: Option<String>,
}

/// A rating by a user, with what was rated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRatingRecord {
    pub rating: RatingRecord,
    pub title: String,
    pub release_year: Option<i32>,
}

/// Reads ratings.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RatingReader: Send + Sync {
    /// The rating that this user gave this movie.
    async fn find(
        &self,
        user_id: i64,
        movie_id: i64,
    ) -> Result<Option<RatingRecord>, RepositoryError>;

    /// The ratings of a movie by users with public profiles, strictly behind `after`, latest
    /// first, ties by user id descending.
    async fn list_of_movie(
        &self,
        list: ListRatings,
    ) -> Result<Vec<MovieRatingRecord>, RepositoryError>;

    /// How many ratings [`Self::list_of_movie`] has on all pages.
    async fn count_of_movie(&self, movie_id: i64) -> Result<u64, RepositoryError>;

    /// The ratings by a user, strictly behind `after`, latest first, ties by movie id descending.
    async fn list_of_user(
        &self,
        list: ListRatings,
    ) -> Result<Vec<UserRatingRecord>, RepositoryError>;

    /// How many ratings by this user gave each score, 1 to 10 in order.
    async fn histogram_of_user(&self, user_id: i64) -> Result<[i64; 10], RepositoryError>;
}
