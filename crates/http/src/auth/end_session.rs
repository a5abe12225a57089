use paperclip::actix::api_v2_operation;
use reelmark_application::auth::{AuthUseCases, EndSessionError};

use crate::extract::{RequestOrigin, SessionIdInPath, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode};
use crate::respond::NoContent;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("endSession", &[ErrorCode::SessionNotFound]);

/// End an own session
///
/// Signs a device out; its tokens are refused from then on.
#[api_v2_operation(tags(Auth), operation_id = "endSession")]
pub(super) async fn end_session(
    auth: Uses<dyn AuthUseCases>,
    caller: SignedIn,
    id: SessionIdInPath,
    origin: RequestOrigin,
) -> Result<NoContent, ApiError> {
    auth.end_session(caller.0, id.0, origin.0).await?;
    Ok(NoContent)
}

impl From<EndSessionError> for ApiError {
    fn from(error: EndSessionError) -> Self {
        match error {
            EndSessionError::SessionNotFound => Self::new(ErrorCode::SessionNotFound),
            EndSessionError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    vec![Rule::parameter("endSession", "id", serde_json::json!({"minimum": 1}))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::Role;

    const PATH: &str = "/api/v1/users/me/sessions/70";

    async fn failing_with(error: EndSessionError) -> Answer {
        let mut api = Api::new();
        api.auth.expect_end_session().return_once(|_, _, _| Err(error));
        api.delete(PATH).as_member().send().await
    }

    #[actix_web::test]
    async fn ends_a_session_of_the_callers() {
        let mut api = Api::new();
        api.auth
            .expect_end_session()
            .withf(|caller, session_id, origin| {
                *caller == samples::caller(Role::Member)
                    && *session_id == samples::session_id()
                    && origin.address.is_loopback()
            })
            .returning(|_, _, _| Ok(()));
        let answer = api.delete(PATH).as_member().send().await;
        assert_eq!((answer.status, answer.text()), (204, ""));
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        failing_with(EndSessionError::SessionNotFound).await.fails(404, "session_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        Api::new().delete(PATH).send().await.fails(401, "unauthenticated");
        let answer = Api::new().delete("/api/v1/users/me/sessions/0").as_member().send().await;
        answer.refuses(&[("id", "out_of_range")]);
    }
}
