use reelmark_domain::{Action, Caller, Forbidden, MovieId, Rating, Review, Score};
use thiserror::Error;

use crate::ports::{Clock, PutRating, RatingRepository, RepositoryError};

/// Somebody says how much they liked a movie.
#[derive(Clone, Debug)]
pub struct RateMovie {
    pub caller: Caller,
    pub movie_id: MovieId,
    pub score: Score,
    /// Replaces the review there was; nothing removes it.
    pub review: Option<Review>,
}

/// A stored rating, and whether it is the caller's first of this movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RatedMovie {
    pub rating: Rating,
    pub is_first: bool,
}

/// Why a movie was not rated.
#[derive(Debug, Error)]
pub enum RateMovieError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// The summary follows later: the store keeps a message about the change together with the rating.
pub(super) async fn run(
    ratings: &dyn RatingRepository,
    clock: &dyn Clock,
    command: RateMovie,
) -> Result<RatedMovie, RateMovieError> {
    command.caller.authorize(Action::RateMovie)?;
    let put = PutRating {
        user_id: command.caller.user_id.get(),
        movie_id: command.movie_id.get(),
        score: command.score.get().into(),
        review: command.review.map(Into::into),
        at: clock.now(),
    };
    let outcome = ratings
        .put(put)
        .await?
        .ok_or(RateMovieError::MovieNotFound)?;
    let rating = Rating::try_from(outcome.rating).map_err(RepositoryError::from)?;
    Ok(RatedMovie {
        rating,
        is_first: outcome.previous_score.is_none(),
    })
}
