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
    let removed = ratings
        .remove(caller.user_id.get(), movie_id.get(), clock.now())
        .await?;
    if removed {
        Ok(())
    } else {
        Err(RemoveRatingError::RatingNotFound)
    }
}
