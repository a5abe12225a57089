use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::Origin;
use reelmark_application::auth::{AuthUseCases, LogIn, LogInError};
use reelmark_application::throttling::Meter;
use reelmark_domain::{PlainPassword, ValueError};
use serde::Deserialize;
use serde_json::json;

use super::carrier::{self, Carrier};
use super::presenter::{Presented, present};
use crate::extract::{Body, RequestOrigin, Throttling, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};

pub(super) const ERRORS: OperationErrors = OperationErrors(
    "logIn",
    &[
        ErrorCode::InvalidCredentials,
        ErrorCode::ActivationRequired,
        ErrorCode::CrossOrigin,
        ErrorCode::MalformedRequest,
        ErrorCode::TooManyRequests,
        ErrorCode::Overloaded,
    ],
);

/// Who signs in.
// It has no debug output, because a password stands in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct LogInRequest {
    /// The username or the e-mail address.
    login: Option<String>,
    /// The password.
    password: Option<String>,
}

/// Sign in
///
/// Trades a username or an e-mail address and the password for an access token and a refresh token,
/// and opens a session. Whether the account or the password was wrong is not told. With
/// `session=cookie` the refresh token goes into a cookie, `__Host-reelmark`, and never into a body;
/// pages of this origin alone may ask for that.
#[api_v2_operation(tags(Auth), operation_id = "logIn")]
pub(super) async fn log_in(
    auth: Uses<dyn AuthUseCases>,
    origin: RequestOrigin,
    throttling: Throttling,
    carrier: Carrier,
    body: Body<LogInRequest>,
) -> Result<Presented, ApiError> {
    let tokens = auth.log_in(body.0.into_command(origin.0, throttling.meter)?).await?;
    Ok(present(tokens, &carrier))
}

impl LogInRequest {
    /// A password that no account can have is a wrong one, and answered like any other.
    fn into_command(self, origin: Origin, meter: Meter) -> Result<LogIn, ApiError> {
        let mut errors = FieldErrors::default();
        let login = errors.required("login", self.login, not_blank);
        let password = errors.required("password", self.password, not_empty);
        let (login, password) = errors.finish(login.zip(password))?;
        let password = PlainPassword::attempt(&password)
            .map_err(|_| ApiError::new(ErrorCode::InvalidCredentials))?;
        Ok(LogIn { login, password, origin, meter })
    }
}

fn not_blank(raw: String) -> Result<String, ValueError> {
    if raw.trim().is_empty() { Err(ValueError::Blank) } else { Ok(raw) }
}

/// Blanks may be what a password is made of.
fn not_empty(raw: String) -> Result<String, ValueError> {
    if raw.is_empty() { Err(ValueError::Blank) } else { Ok(raw) }
}

impl From<LogInError> for ApiError {
    fn from(error: LogInError) -> Self {
        match error {
            LogInError::InvalidCredentials => Self::new(ErrorCode::InvalidCredentials),
            LogInError::ActivationRequired => Self::new(ErrorCode::ActivationRequired),
            LogInError::Throttled(throttled) => throttled.into(),
            LogInError::Hasher(error) => error.into(),
            LogInError::Issuer(error) => Self::new(ErrorCode::Internal).caused_by(error),
            LogInError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let request = "LogInRequest";
    vec![
        carrier::rule("logIn"),
        Rule::required(request, "login"),
        Rule::required(request, "password"),
        Rule::property(request, "login", json!({"minLength": 1, "example": "ada"})),
        Rule::property(request, "password", json!({"minLength": 1, "format": "password"})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::ports::{PasswordHasherError, TokenIssuerError};
    use reelmark_application::throttling::Throttled;
    use serde_json::Value;
    use std::time::Duration;

    async fn log_in(api: Api, body: Value) -> Answer {
        api.post("/api/v1/auth/login", body).send().await
    }

    async fn failing_with(error: LogInError) -> Answer {
        let mut api = Api::new();
        api.auth.expect_log_in().return_once(|_| Err(error));
        log_in(api, json!({"login": "ada", "password": "wrong"})).await
    }

    #[actix_web::test]
    async fn trades_login_and_password_for_tokens_nobody_may_keep() {
        let mut api = Api::new();
        let is_ours = |command: &LogIn| {
            command.login == "ada"
                && command.password.expose() == "old-short"
                && command.origin.user_agent.as_deref() == Some("curl/8")
        };
        api.auth.expect_log_in().withf(is_ours).returning(|_| Ok(samples::tokens()));
        let body = json!({"login": "ada", "password": "old-short"});
        let call = api.post("/api/v1/auth/login", body).header("User-Agent", "curl/8");
        let answer = call.send().await;
        let expected = json!({
            "access_token": "t.o.k",
            "token_type": "Bearer",
            "expires_in": 600,
            "refresh_token": "a refresh token",
        });
        assert_eq!((answer.status, answer.json()), (200, expected));
        assert_eq!(answer.header("cache-control"), "no-store");
    }

    #[actix_web::test]
    async fn a_password_that_no_account_can_have_is_answered_like_a_wrong_one() {
        let wrong = failing_with(LogInError::InvalidCredentials).await;
        wrong.fails(401, "invalid_credentials");
        assert_eq!(wrong.header("www-authenticate"), "Bearer realm=\"reelmark\"");
        for password in ["correct\0horse battery".to_owned(), "é".repeat(36)] {
            let answer = log_in(Api::new(), json!({"login": "ada", "password": password})).await;
            assert_eq!(answer.body, wrong.body);
            assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"reelmark\"");
        }
    }

    #[actix_web::test]
    async fn missing_and_blank_fields_are_reported_together() {
        let answer = log_in(Api::new(), json!({})).await;
        answer.refuses(&[("login", "required"), ("password", "required")]);
        let answer = log_in(Api::new(), json!({"login": " ", "password": ""})).await;
        answer.refuses(&[("login", "blank"), ("password", "blank")]);
        let answer = log_in(Api::new(), json!({"login": null, "password": 7})).await;
        answer.refuses(&[("password", "invalid_type")]);
    }

    #[actix_web::test]
    async fn tells_who_tries_too_often_when_to_come_back() {
        let throttled = Throttled { retry_after: Duration::from_millis(89_001) };
        let answer = failing_with(throttled.into()).await;
        answer.fails(429, "too_many_requests");
        assert_eq!(answer.header("retry-after"), "90");
    }

    #[actix_web::test]
    async fn tells_whoever_knows_the_password_to_activate_the_account() {
        failing_with(LogInError::ActivationRequired).await.fails(403, "activation_required");
    }

    #[actix_web::test]
    async fn sheds_when_too_many_sign_in() {
        let answer = failing_with(PasswordHasherError::Busy.into()).await;
        answer.fails(503, "overloaded");
        assert_eq!(answer.header("retry-after"), "1");
    }

    #[actix_web::test]
    async fn tells_nobody_why_it_can_not_sign_in() {
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        let issuer = TokenIssuerError(samples::SECRET_CAUSE.into());
        failing_with(issuer.into()).await.fails(500, "internal_error");
        let hasher = PasswordHasherError::Failed(samples::SECRET_CAUSE.into());
        failing_with(hasher.into()).await.fails(500, "internal_error");
    }
}
