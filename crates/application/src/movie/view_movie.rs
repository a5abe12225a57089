use reelmark_domain::MovieId;
use thiserror::Error;

use crate::ports::{MovieDetails, MovieReader, RepositoryError};

/// Why a movie is not shown.
#[derive(Debug, Error)]
pub enum ViewMovieError {
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    movies: &dyn MovieReader,
    id: MovieId,
) -> Result<MovieDetails, ViewMovieError> {
    let record = movies
        .find(id.get())
        .await?
        .ok_or(ViewMovieError::MovieNotFound)?;
    Ok(MovieDetails::try_from(record).map_err(RepositoryError::from)?)
}
