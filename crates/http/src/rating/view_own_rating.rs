use paperclip::actix::api_v2_operation;
use reelmark_application::rating::{RatingUseCases, ViewOwnRatingError};

use super::presenter::{RatingResponse, tagged};
use crate::extract::{MovieIdInPath, SignedIn, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::{Private, Tagged};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("viewOwnRating", &[ErrorCode::RatingNotFound]);

/// Show my rating
///
/// The caller's own rating of a movie.
#[api_v2_operation(tags(Ratings), operation_id = "viewOwnRating")]
pub(super) async fn view_own_rating(
    ratings: Uses<dyn RatingUseCases>,
    caller: SignedIn,
    id: MovieIdInPath,
) -> Result<Private<Tagged<RatingResponse>>, ApiError> {
    let rating = ratings.view_own_rating(caller.0, id.0).await?;
    Ok(Private(tagged(&rating)))
}

impl From<ViewOwnRatingError> for ApiError {
    fn from(error: ViewOwnRatingError) -> Self {
        match error {
            ViewOwnRatingError::RatingNotFound => Self::new(ErrorCode::RatingNotFound),
            ViewOwnRatingError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    const PATH: &str = "/api/v1/movies/42/rating";

    fn api() -> Api {
        let mut api = Api::new();
        let me = samples::caller(Role::Member);
        api.ratings
            .expect_view_own_rating()
            .with(eq(me), eq(samples::movie_id()))
            .returning(|_, _| Ok(samples::rating()));
        api
    }

    async fn failing_with(error: ViewOwnRatingError) -> Answer {
        let mut api = Api::new();
        api.ratings.expect_view_own_rating().return_once(|_, _| Err(error));
        api.get(PATH).as_member().send().await
    }

    #[actix_web::test]
    async fn shows_the_callers_rating_and_lets_nobody_else_keep_it() {
        let answer = api().get(PATH).as_member().send().await;
        assert_eq!((answer.status, answer.header("etag")), (200, "\"2\""));
        assert_eq!(answer.json()["score"], 8);
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        let again = api().get(PATH).as_member().header("If-None-Match", "\"2\"").send().await;
        assert_eq!((again.status, again.text()), (304, ""));
    }

    #[actix_web::test]
    async fn says_when_there_is_none() {
        failing_with(ViewOwnRatingError::RatingNotFound).await.fails(404, "rating_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
    }
}
