use paperclip::actix::api_v2_operation;
use reelmark_application::auth::AuthUseCases;

use super::refresh::RefreshTokenRequest;
use crate::extract::{Body, RequestOrigin, Uses};
use crate::openapi::OperationErrors;
use crate::problem::ApiError;
use crate::respond::NoContent;

pub(super) const ERRORS: OperationErrors = OperationErrors("logOut", &[]);

/// Sign out
///
/// Ends the session of a refresh token; its access tokens are refused from then on. Whether there
/// was such a session is not told.
#[api_v2_operation(tags(Auth), operation_id = "logOut")]
pub(super) async fn log_out(
    auth: Uses<dyn AuthUseCases>,
    origin: RequestOrigin,
    body: Body<RefreshTokenRequest>,
) -> Result<NoContent, ApiError> {
    auth.log_out(body.0.into_secret()?, origin.0).await?;
    Ok(NoContent)
}

#[cfg(test)]
mod tests {
    use crate::testing::{Api, samples};
    use reelmark_application::Origin;
    use reelmark_domain::Secret;
    use serde_json::json;

    const PATH: &str = "/api/v1/auth/logout";

    #[actix_web::test]
    async fn ends_the_session_of_the_token() {
        let mut api = Api::new();
        let is_ours = |token: &Secret, _: &Origin| token.expose() == "old";
        api.auth.expect_log_out().withf(is_ours).returning(|_, _| Ok(()));
        let answer = api.post(PATH, json!({"refresh_token": "old"})).send().await;
        assert_eq!((answer.status, answer.text()), (204, ""));
    }

    #[actix_web::test]
    async fn takes_a_text_and_says_when_it_could_not_be_done() {
        let answer = Api::new().post(PATH, json!({})).send().await;
        answer.refuses(&[("refresh_token", "required")]);
        let mut api = Api::new();
        api.auth.expect_log_out().returning(|_, _| Err(samples::unavailable()));
        let answer = api.post(PATH, json!({"refresh_token": "old"})).send().await;
        answer.fails(503, "unavailable");
    }
}
