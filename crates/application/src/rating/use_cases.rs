use async_trait::async_trait;
use reelmark_domain::{Caller, MovieId, Page, Rating, RatingSummary};

use super::*;

/// What can be done with ratings.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RatingUseCases: Send + Sync {
    /// Rates a movie, or changes the caller's rating of it.
    async fn rate_movie(&self, command: RateMovie) -> Result<RatedMovie, RateMovieError>;

    /// Rates many movies, and says in the same order what came of each.
    async fn rate_batch(&self, command: RateBatch) -> Result<Vec<BatchOutcome>, RateBatchError>;

    /// The caller's own rating of a movie.
    async fn view_own_rating(
        &self,
        caller: Caller,
        movie_id: MovieId,
    ) -> Result<Rating, ViewOwnRatingError>;

    /// Takes the caller's rating of a movie back.
    async fn remove_rating(
        &self,
        caller: Caller,
        movie_id: MovieId,
    ) -> Result<(), RemoveRatingError>;

    /// A page of a movie's ratings by public profiles, latest first.
    async fn list_movie_ratings(
        &self,
        query: ListMovieRatings,
    ) -> Result<Page<MovieRating>, ListMovieRatingsError>;

    /// All ratings of a movie in numbers.
    async fn view_rating_summary(
        &self,
        movie_id: MovieId,
    ) -> Result<RatingSummary, ViewRatingSummaryError>;
}
