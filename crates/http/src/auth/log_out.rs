use paperclip::actix::api_v2_operation;
use reelmark_application::auth::AuthUseCases;

use super::carrier::{self, Carrier};
use super::refresh::{RefreshTokenRequest, refresh_token};
use crate::extract::{MaybeBody, RequestOrigin, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode};
use crate::respond::{NoContent, WithCookie};

pub(super) const ERRORS: OperationErrors = OperationErrors("logOut", &[ErrorCode::CrossOrigin]);

/// Sign out
///
/// Ends the session of a refresh token; its access tokens are refused from then on. Whether there
/// was such a session is not told. With `session=cookie` there is no body: the token comes from the
/// cookie, which is taken away.
#[api_v2_operation(tags(Auth), operation_id = "logOut")]
pub(super) async fn log_out(
    auth: Uses<dyn AuthUseCases>,
    origin: RequestOrigin,
    carrier: Carrier,
    body: MaybeBody<RefreshTokenRequest>,
) -> Result<WithCookie<NoContent>, ApiError> {
    if let Some(token) = refresh_token(&carrier, body.0)? {
        auth.log_out(token, origin.0).await?;
    }
    Ok(match carrier {
        Carrier::Body => WithCookie::unchanged(NoContent),
        Carrier::Cookie(_) => WithCookie::forgetting(NoContent),
    })
}

pub(super) fn rules() -> Vec<Rule> {
    vec![carrier::rule("logOut")]
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
    async fn takes_the_cookie_away_whether_there_was_one_or_not() {
        let path = "/api/v1/auth/logout?session=cookie";
        let mut api = Api::new();
        let is_ours = |token: &Secret, _: &Origin| token.expose() == "old";
        api.auth.expect_log_out().withf(is_ours).times(1).returning(|_, _| Ok(()));
        let call = api.call("POST", path).header("Sec-Fetch-Site", "same-origin");
        let with_cookie = call.header("Cookie", "__Host-reelmark=old").send().await;
        let call = Api::new().call("POST", path).header("Sec-Fetch-Site", "same-origin");
        for answer in [with_cookie, call.send().await] {
            assert_eq!(answer.status, 204);
            assert!(answer.header("set-cookie").starts_with("__Host-reelmark=; Max-Age=0; Path=/"));
        }
        let call = Api::new().call("POST", path).header("Sec-Fetch-Site", "same-site");
        call.send().await.fails(403, "cross_origin");
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
