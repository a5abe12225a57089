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
    let outcome = ratings.put(put).await?.ok_or(RateMovieError::MovieNotFound)?;
    let rating = Rating::try_from(outcome.rating).map_err(RepositoryError::from)?;
    Ok(RatedMovie { rating, is_first: outcome.previous_score.is_none() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockRatingRepository, PutOutcome};
    use crate::testing::{NOW, caller, clock, movie_id, rating_record, unavailable};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn command() -> RateMovie {
        RateMovie {
            caller: caller(Role::Member),
            movie_id: movie_id(),
            score: Score::parse(9).unwrap(),
            review: Review::parse("Wet.").ok(),
        }
    }

    fn expected() -> PutRating {
        PutRating { user_id: 7, movie_id: 42, score: 9, review: Some("Wet.".into()), at: NOW }
    }

    async fn rate(previous_score: Option<i16>) -> RatedMovie {
        let mut ratings = MockRatingRepository::new();
        ratings
            .expect_put()
            .with(eq(expected()))
            .once()
            .returning(move |_| Ok(Some(PutOutcome { rating: rating_record(9), previous_score })));
        run(&ratings, &clock(), command()).await.unwrap()
    }

    #[tokio::test]
    async fn tells_a_first_rating_from_a_changed_one() {
        assert!(rate(None).await.is_first);
        assert!(!rate(Some(4)).await.is_first);
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_movie() {
        let mut ratings = MockRatingRepository::new();
        ratings.expect_put().returning(|_| Ok(None));
        let error = run(&ratings, &clock(), command()).await;
        assert!(matches!(error, Err(RateMovieError::MovieNotFound)));
    }

    #[tokio::test]
    async fn says_when_the_store_is_down() {
        let mut ratings = MockRatingRepository::new();
        ratings.expect_put().returning(|_| Err(unavailable()));
        let error = run(&ratings, &clock(), command()).await;
        assert!(matches!(error, Err(RateMovieError::Store(RepositoryError::Unavailable(_)))));
    }
}
