use reelmark_domain::{Action, Caller, Forbidden, MovieId};
use thiserror::Error;

use crate::ports::{Clock, RatingRepository, RepositoryError};

/// Why no rating was removed.
#[derive(Debug, Error)]
pub enum RemoveRatingError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("the caller has not rated this movie")]
    RatingNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    ratings: &dyn RatingRepository,
    clock: &dyn Clock,
    caller: Caller,
    movie_id: MovieId,
) -> Result<(), RemoveRatingError> {
    caller.authorize(Action::RateMovie)?;
    let removed = ratings.remove(caller.user_id.get(), movie_id.get(), clock.now()).await?;
    if removed { Ok(()) } else { Err(RemoveRatingError::RatingNotFound) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockRatingRepository;
    use crate::testing::{NOW, clock, movie_id};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    async fn remove(was_there: bool) -> Result<(), RemoveRatingError> {
        let mut ratings = MockRatingRepository::new();
        ratings
            .expect_remove()
            .with(eq(7), eq(42), eq(NOW))
            .returning(move |_, _, _| Ok(was_there));
        run(&ratings, &clock(), crate::testing::caller(Role::Member), movie_id()).await
    }

    #[tokio::test]
    async fn removes_the_callers_rating() {
        assert!(remove(true).await.is_ok());
    }

    #[tokio::test]
    async fn says_when_there_was_none() {
        assert!(matches!(remove(false).await, Err(RemoveRatingError::RatingNotFound)));
    }
}
