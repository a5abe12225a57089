use paperclip::actix::api_v2_operation;
use reelmark_application::user::{UserUseCases, ViewOwnProfileError};

use super::presenter::{OwnProfileResponse, tag_of};
use crate::extract::{SignedIn, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::{Private, Tagged};

pub(super) const ERRORS: OperationErrors = OperationErrors("viewOwnProfile", &[]);

/// Show my profile
///
/// The caller's own account, with what nobody else sees of it.
#[api_v2_operation(tags(Users), operation_id = "viewOwnProfile")]
pub(super) async fn view_own_profile(
    users: Uses<dyn UserUseCases>,
    caller: SignedIn,
) -> Result<Private<Tagged<OwnProfileResponse>>, ApiError> {
    let profile = users.view_own_profile(caller.0).await?;
    Ok(Private(Tagged { tag: tag_of(&profile), body: (&profile).into() }))
}

impl From<ViewOwnProfileError> for ApiError {
    fn from(error: ViewOwnProfileError) -> Self {
        match error {
            ViewOwnProfileError::AccountGone => Self::new(ErrorCode::InvalidToken),
            ViewOwnProfileError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use mockall::predicate::eq;
    use reelmark_domain::Role;
    use serde_json::json;

    const PATH: &str = "/api/v1/users/me";
    const TAG: &str = "\"3.0-0-0-0-1-0-0-2-0-0\"";

    fn api() -> Api {
        let mut api = Api::new();
        let me = eq(samples::caller(Role::Member));
        api.users.expect_view_own_profile().with(me).returning(|_| Ok(samples::profile()));
        api
    }

    async fn failing_with(error: ViewOwnProfileError) -> Answer {
        let mut api = Api::new();
        api.users.expect_view_own_profile().return_once(|_| Err(error));
        api.get(PATH).as_member().send().await
    }

    #[actix_web::test]
    async fn shows_what_nobody_else_sees_and_lets_nobody_else_keep_it() {
        let answer = api().get(PATH).as_member().send().await;
        let expected = json!({
            "id": 7,
            "username": "Ada_L",
            "display_name": "Ada Lovelace",
            "bio": null,
            "count": 3,
            "mean": 7.0,
            "histogram": [0, 0, 0, 0, 1, 0, 0, 2, 0, 0],
            "created_at": "2026-03-01T12:00:00Z",
            "email": "ada@example.org",
            "role": "member",
            "visibility": "public",
        });
        assert_eq!((answer.status, answer.json()), (200, expected));
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert_eq!(answer.header("etag"), TAG);
    }

    #[actix_web::test]
    async fn is_not_sent_again_while_it_is_the_same() {
        let answer = api().get(PATH).as_member().header("If-None-Match", TAG).send().await;
        assert_eq!((answer.status, answer.text()), (304, ""));
        assert_eq!(answer.header("etag"), TAG);
        assert_eq!(answer.header("cache-control"), "private, no-cache");
    }

    #[actix_web::test]
    async fn needs_somebody_who_is_signed_in() {
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
    }

    #[actix_web::test]
    async fn a_token_of_an_erased_account_is_no_good() {
        failing_with(ViewOwnProfileError::AccountGone).await.fails(401, "invalid_token");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
