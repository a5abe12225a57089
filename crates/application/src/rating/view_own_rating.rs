use reelmark_domain::{Caller, MovieId, Rating};
use thiserror::Error;

use crate::ports::{RatingReader, RepositoryError};

/// Why the caller's rating is not shown.
#[derive(Debug, Error)]
pub enum ViewOwnRatingError {
    #[error("the caller has not rated this movie")]
    RatingNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    ratings: &dyn RatingReader,
    caller: Caller,
    movie_id: MovieId,
) -> Result<Rating, ViewOwnRatingError> {
    let record = ratings
        .find(caller.user_id.get(), movie_id.get())
        .await?
        .ok_or(ViewOwnRatingError::RatingNotFound)?;
    Ok(Rating::try_from(record).map_err(RepositoryError::from)?)
}
