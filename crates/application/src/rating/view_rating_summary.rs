use reelmark_domain::{MovieId, RatingSummary};
use thiserror::Error;

use crate::ports::{MovieReader, RepositoryError};

/// Why a summary is not shown.
#[derive(Debug, Error)]
pub enum ViewRatingSummaryError {
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    movies: &dyn MovieReader,
    movie_id: MovieId,
) -> Result<RatingSummary, ViewRatingSummaryError> {
    let record = movies
        .find(movie_id.get())
        .await?
        .ok_or(ViewRatingSummaryError::MovieNotFound)?;
    Ok(RatingSummary::try_from(record.summary).map_err(RepositoryError::from)?)
}
