use paperclip::actix::api_v2_operation;
use reelmark_application::rating::{RatingUseCases, RemoveRatingError};

use crate::extract::{MovieIdInPath, SignedIn, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::NoContent;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("removeRating", &[ErrorCode::Forbidden, ErrorCode::RatingNotFound]);

/// Take my rating back
///
/// Removes the caller's rating of a movie together with its review. The movie's rating summary
/// follows within a second.
#[api_v2_operation(tags(Ratings), operation_id = "removeRating")]
pub(super) async fn remove_rating(
    ratings: Uses<dyn RatingUseCases>,
    caller: SignedIn,
    id: MovieIdInPath,
) -> Result<NoContent, ApiError> {
    ratings.remove_rating(caller.0, id.0).await?;
    Ok(NoContent)
}

impl From<RemoveRatingError> for ApiError {
    fn from(error: RemoveRatingError) -> Self {
        match error {
            RemoveRatingError::Forbidden(forbidden) => forbidden.into(),
            RemoveRatingError::RatingNotFound => Self::new(ErrorCode::RatingNotFound),
            RemoveRatingError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use mockall::predicate::eq;
    use reelmark_domain::{Action, Role};

    const PATH: &str = "/api/v1/movies/42/rating";

    async fn failing_with(error: RemoveRatingError) -> Answer {
        let mut api = Api::new();
        api.ratings.expect_remove_rating().return_once(|_, _| Err(error));
        api.delete(PATH).as_member().send().await
    }

    #[actix_web::test]
    async fn takes_the_callers_rating_back() {
        let mut api = Api::new();
        let me = samples::caller(Role::Member);
        api.ratings
            .expect_remove_rating()
            .with(eq(me), eq(samples::movie_id()))
            .returning(|_, _| Ok(()));
        let answer = api.delete(PATH).as_member().send().await;
        assert_eq!((answer.status, answer.text()), (204, ""));
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let forbidden = samples::caller(Role::Member).authorize(Action::EditMovie).unwrap_err();
        failing_with(forbidden.into()).await.fails(403, "forbidden");
        failing_with(RemoveRatingError::RatingNotFound).await.fails(404, "rating_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        Api::new().delete(PATH).send().await.fails(401, "unauthenticated");
    }
}
