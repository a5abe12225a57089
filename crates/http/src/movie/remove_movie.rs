use paperclip::actix::api_v2_operation;
use reelmark_application::movie::{MovieUseCases, RemoveMovie, RemoveMovieError};

use crate::extract::{MovieIdInPath, SignedIn, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::NoContent;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("removeMovie", &[ErrorCode::Forbidden, ErrorCode::MovieNotFound]);

/// Remove a movie
///
/// Takes a movie and all its ratings out of the catalogue. Needs the role curator.
#[api_v2_operation(tags(Movies), operation_id = "removeMovie")]
pub(super) async fn remove_movie(
    movies: Uses<dyn MovieUseCases>,
    caller: SignedIn,
    id: MovieIdInPath,
) -> Result<NoContent, ApiError> {
    movies.remove_movie(RemoveMovie { caller: caller.0, movie_id: id.0 }).await?;
    Ok(NoContent)
}

impl From<RemoveMovieError> for ApiError {
    fn from(error: RemoveMovieError) -> Self {
        match error {
            RemoveMovieError::Forbidden(forbidden) => forbidden.into(),
            RemoveMovieError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            RemoveMovieError::Store(error) => error.into(),
        }
    }
}
