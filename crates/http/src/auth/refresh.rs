use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::auth::{AuthUseCases, RefreshError};
use reelmark_domain::Secret;
use serde::Deserialize;
use serde_json::json;

use super::carrier::{self, Carrier};
use super::presenter::{Presented, present};
use crate::extract::{MaybeBody, RequestOrigin, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("refreshTokens", &[ErrorCode::InvalidRefreshToken, ErrorCode::CrossOrigin]);

/// The refresh token that was given out last.
// It has no debug output, because a token stands in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct RefreshTokenRequest {
    /// The refresh token.
    refresh_token: Option<String>,
}

/// Get new tokens
///
/// Trades a refresh token for new tokens of the same session. It can be used once; when the answer
/// was lost it can be used again within 10 seconds, and only the tokens of the last answer are
/// good then. Any other second use ends the session, because somebody has stolen the token.
/// A session ends when it was not used for 14 days, and after 90 days in any case. With
/// `session=cookie` there is no body: the token comes from the cookie, and the next goes there.
#[api_v2_operation(tags(Auth), operation_id = "refreshTokens")]
pub(super) async fn refresh(
    auth: Uses<dyn AuthUseCases>,
    origin: RequestOrigin,
    carrier: Carrier,
    body: MaybeBody<RefreshTokenRequest>,
) -> Result<Presented, ApiError> {
    let Some(token) = refresh_token(&carrier, body.0)? else {
        return Err(ApiError::new(ErrorCode::InvalidRefreshToken));
    };
    let tokens = auth.refresh(token, origin.0).await?;
    Ok(present(tokens, &carrier))
}

/// The token that was sent; none when the cookie that would hold it is gone.
pub(super) fn refresh_token(
    carrier: &Carrier,
    body: Option<RefreshTokenRequest>,
) -> Result<Option<Secret>, ApiError> {
    match (carrier, body) {
        (Carrier::Body, Some(body)) => body.into_secret().map(Some),
        (Carrier::Body, None) => Err(ApiError::new(ErrorCode::UnsupportedMediaType)),
        (Carrier::Cookie(token), None) => Ok(token.clone()),
        (Carrier::Cookie(_), Some(_)) => {
            Err(ApiError::field("body", "unexpected", "must not be sent with session=cookie"))
        }
    }
}

impl RefreshTokenRequest {
    fn into_secret(self) -> Result<Secret, ApiError> {
        let mut errors = FieldErrors::default();
        let token = errors.required("refresh_token", self.refresh_token, Secret::parse);
        errors.finish(token)
    }
}

impl From<RefreshError> for ApiError {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::InvalidToken => Self::new(ErrorCode::InvalidRefreshToken),
            RefreshError::Issuer(error) => Self::new(ErrorCode::Internal).caused_by(error),
            RefreshError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let (request, token) = ("RefreshTokenRequest", "refresh_token");
    let limits = json!({"minLength": 1, "maxLength": Secret::MAX_BYTES});
    vec![
        carrier::rule("refreshTokens"),
        Rule::required(request, token),
        Rule::property(request, token, limits),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::Origin;
    use reelmark_application::ports::TokenIssuerError;
    use serde_json::Value;

    const PATH: &str = "/api/v1/auth/refresh";
    const BY_COOKIE: &str = "/api/v1/auth/refresh?session=cookie";

    async fn failing_with(error: RefreshError) -> Answer {
        let mut api = Api::new();
        api.auth.expect_refresh().return_once(|_, _| Err(error));
        api.post(PATH, json!({"refresh_token": "old"})).send().await
    }

    #[actix_web::test]
    async fn trades_a_refresh_token_for_tokens_nobody_may_keep() {
        let mut api = Api::new();
        api.auth
            .expect_refresh()
            .withf(|token, _| token.expose() == "old")
            .returning(|_, _| Ok(samples::tokens()));
        let answer = api.post(PATH, json!({"refresh_token": "old"})).send().await;
        assert_eq!((answer.status, &answer.json()["access_token"]), (200, &json!("t.o.k")));
        assert_eq!(answer.json()["refresh_token"], "a refresh token");
        assert_eq!(answer.header("cache-control"), "no-store");
    }

    #[actix_web::test]
    async fn with_a_cookie_the_token_stands_in_no_body() {
        let mut api = Api::new();
        let is_ours = |token: &Secret, _: &Origin| token.expose() == "old";
        api.auth.expect_refresh().withf(is_ours).returning(|_, _| Ok(samples::tokens()));
        let call = api.call("POST", BY_COOKIE).header("Sec-Fetch-Site", "same-origin");
        let answer = call.header("Cookie", "__Host-reelmark=old").send().await;
        assert_eq!((answer.status, &answer.json()["refresh_token"]), (200, &Value::Null));
        assert!(!answer.text().contains("a refresh token"));
        let cookie = answer.header("set-cookie");
        assert_eq!(
            cookie,
            "__Host-reelmark=a refresh token; Max-Age=1209600; \
             Path=/; Secure; HttpOnly; SameSite=Strict"
        );
    }

    #[actix_web::test]
    async fn pages_of_others_get_nothing_for_the_cookie() {
        let cookie = ("Cookie", "__Host-reelmark=old");
        let call = Api::new().call("POST", BY_COOKIE).header("Sec-Fetch-Site", "cross-site");
        call.header(cookie.0, cookie.1).send().await.fails(403, "cross_origin");
        let call = Api::new().call("POST", BY_COOKIE).header("Sec-Fetch-Site", "same-origin");
        call.send().await.fails(401, "invalid_refresh_token");
        let call = Api::new().post(BY_COOKIE, json!({})).header("Sec-Fetch-Site", "same-origin");
        call.header(cookie.0, cookie.1).send().await.refuses(&[("body", "unexpected")]);
        let call = Api::new().call("POST", PATH).header("Sec-Fetch-Site", "same-origin");
        call.header(cookie.0, cookie.1).send().await.fails(415, "unsupported_media_type");
        let call = Api::new().call("POST", "/api/v1/auth/refresh?session=jar");
        call.send().await.refuses(&[("session", "malformed")]);
    }

    #[actix_web::test]
    async fn takes_a_text_and_nothing_else() {
        let refused: [(Value, &str); 5] = [
            (json!({}), "required"),
            (json!({"refresh_token": null}), "required"),
            (json!({"refresh_token": ""}), "blank"),
            (json!({"refresh_token": 7}), "invalid_type"),
            (json!({"refresh_token": "x".repeat(257)}), "too_many_bytes"),
        ];
        for (body, code) in refused {
            let answer = Api::new().post(PATH, body).send().await;
            answer.refuses(&[("refresh_token", code)]);
        }
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let invalid = failing_with(RefreshError::InvalidToken).await;
        invalid.fails(401, "invalid_refresh_token");
        assert_eq!(invalid.header("www-authenticate"), "Bearer realm=\"reelmark\"");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        let issuer = TokenIssuerError(samples::SECRET_CAUSE.into());
        failing_with(issuer.into()).await.fails(500, "internal_error");
    }
}
