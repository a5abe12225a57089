use paperclip::actix::api_v2_operation;
use reelmark_application::movie::{MovieUseCases, ViewMovieError};

use super::presenter::{ShownMovie, tag_of};
use crate::extract::{MovieIdInPath, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::Tagged;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("viewMovie", &[ErrorCode::MovieNotFound]);

/// Show a movie
///
/// The movie's facts together with its rating summary.
#[api_v2_operation(tags(Movies), operation_id = "viewMovie")]
pub(super) async fn view_movie(
    movies: Uses<dyn MovieUseCases>,
    id: MovieIdInPath,
) -> Result<Tagged<ShownMovie>, ApiError> {
    let details = movies.view_movie(id.0).await?;
    Ok(Tagged { tag: tag_of(&details), body: ShownMovie::new(details) })
}

impl From<ViewMovieError> for ApiError {
    fn from(error: ViewMovieError) -> Self {
        match error {
            ViewMovieError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            ViewMovieError::Store(error) => error.into(),
        }
    }
}
