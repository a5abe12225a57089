use paperclip::actix::api_v2_operation;
use reelmark_application::user::{UserUseCases, ViewProfileError};

use super::presenter::{ProfileResponse, tag_of};
use crate::extract::{MaybeSignedIn, UsernameInPath, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::Tagged;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("viewProfile", &[ErrorCode::UserNotFound]);

/// Show a profile
///
/// Somebody's profile with their ratings in numbers. A private profile is shown to its owner and
/// to admins alone; to everybody else it doesn't exist.
#[api_v2_operation(tags(Users), operation_id = "viewProfile")]
pub(super) async fn view_profile(
    users: Uses<dyn UserUseCases>,
    viewer: MaybeSignedIn,
    username: UsernameInPath,
) -> Result<Tagged<ProfileResponse>, ApiError> {
    let profile = users.view_profile(viewer.0, username.0).await?;
    Ok(Tagged { tag: tag_of(&profile), body: (&profile).into() })
}

impl From<ViewProfileError> for ApiError {
    fn from(error: ViewProfileError) -> Self {
        match error {
            ViewProfileError::UserNotFound => Self::new(ErrorCode::UserNotFound),
            ViewProfileError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::Role;
    use serde_json::json;

    const PATH: &str = "/api/v1/users/ada_l";
    const TAG: &str = "\"3.0-0-0-0-1-0-0-2-0-0\"";

    fn api_for(viewer: Option<Role>) -> Api {
        let mut api = Api::new();
        let viewer = viewer.map(samples::caller);
        api.users
            .expect_view_profile()
            .withf(move |by, name| *by == viewer && name.as_str() == "ada_l")
            .returning(|_, _| Ok(samples::profile()));
        api
    }

    async fn failing_with(error: ViewProfileError) -> Answer {
        let mut api = Api::new();
        api.users.expect_view_profile().return_once(|_, _| Err(error));
        api.get(PATH).send().await
    }

    #[actix_web::test]
    async fn shows_everybody_the_profile_without_what_is_its_owners_alone() {
        let answer = api_for(None).get(PATH).send().await;
        let expected = json!({
            "id": 7,
            "username": "Ada_L",
            "display_name": "Ada Lovelace",
            "bio": null,
            "count": 3,
            "mean": 7.0,
            "histogram": [0, 0, 0, 0, 1, 0, 0, 2, 0, 0],
            "created_at": "2026-03-01T12:00:00Z",
        });
        assert_eq!((answer.status, answer.json()), (200, expected));
        assert_eq!(answer.header("etag"), TAG);
    }

    #[actix_web::test]
    async fn tells_the_use_case_who_is_looking() {
        let answer = api_for(Some(Role::Admin)).get(PATH).as_admin().send().await;
        assert_eq!(answer.status, 200);
    }

    #[actix_web::test]
    async fn is_sent_again_once_a_rating_came_in() {
        let known = api_for(None).get(PATH).header("If-None-Match", TAG).send().await;
        assert_eq!(known.status, 304);
        let before = "\"3.0-0-0-0-1-0-0-1-0-0\"";
        let changed = api_for(None).get(PATH).header("If-None-Match", before).send().await;
        assert_eq!(changed.status, 200);
    }

    #[actix_web::test]
    async fn a_hidden_profile_is_one_that_does_not_exist() {
        failing_with(ViewProfileError::UserNotFound).await.fails(404, "user_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }

    #[actix_web::test]
    async fn a_bad_token_is_refused_although_none_is_needed() {
        Api::new().get(PATH).bearer("forged").send().await.fails(401, "invalid_token");
        Api::new().get(PATH).bearer("expired").send().await.fails(401, "token_expired");
    }

    #[actix_web::test]
    async fn a_name_nobody_can_have_is_a_broken_rule() {
        let answer = Api::new().get("/api/v1/users/a%20b").send().await;
        answer.refuses(&[("username", "malformed")]);
        let answer = Api::new().get("/api/v1/users/%ff%fe%fd").send().await;
        answer.refuses(&[("username", "malformed")]);
    }
}
