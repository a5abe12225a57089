use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::Origin;
use reelmark_application::account::{AccountUseCases, ResetPassword, ResetPasswordError};
use reelmark_domain::{PlainPassword, Secret};
use serde::Deserialize;
use serde_json::json;

use super::code;
use crate::extract::{Body, RequestOrigin, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::NoContent;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("resetPassword", &[ErrorCode::InvalidCode, ErrorCode::Overloaded]);

/// A new password, and the proof that its owner wants it.
// It has no debug output, because a code and a password stand in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetPasswordRequest {
    /// The code from the mail.
    code: Option<String>,
    /// The new password, under the rules of signing up.
    new_password: Option<String>,
}

/// Set a new password by a code
///
/// Uses up the code and signs out everywhere. A password that is refused leaves the code good.
#[api_v2_operation(tags(Auth), operation_id = "resetPassword")]
pub(super) async fn reset_password(
    accounts: Uses<dyn AccountUseCases>,
    origin: RequestOrigin,
    body: Body<ResetPasswordRequest>,
) -> Result<NoContent, ApiError> {
    accounts.reset_password(body.0.into_command(origin.0)?).await?;
    Ok(NoContent)
}

impl ResetPasswordRequest {
    fn into_command(self, origin: Origin) -> Result<ResetPassword, ApiError> {
        let mut errors = FieldErrors::default();
        let code = errors.required("code", self.code.as_deref(), code);
        let new_password = self.new_password.as_deref();
        let new_password = errors.required("new_password", new_password, PlainPassword::parse);
        let command = code.zip(new_password);
        let command =
            command.map(|(code, new_password)| ResetPassword { code, new_password, origin });
        errors.finish(command)
    }
}

impl From<ResetPasswordError> for ApiError {
    fn from(error: ResetPasswordError) -> Self {
        match error {
            ResetPasswordError::InvalidCode => Self::new(ErrorCode::InvalidCode),
            ResetPasswordError::NewPassword(error) => {
                Self::field("new_password", error.code(), &error.to_string())
            }
            ResetPasswordError::Hasher(error) => error.into(),
            ResetPasswordError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "ResetPasswordRequest";
    let password = json!({
        "minLength": PlainPassword::MIN,
        "maxLength": PlainPassword::MAX_BYTES,
        "format": "password",
    });
    vec![
        Rule::required(schema, "code"),
        Rule::required(schema, "new_password"),
        Rule::property(schema, "code", json!({"minLength": 1, "maxLength": Secret::MAX_BYTES})),
        Rule::property(schema, "new_password", password),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::ports::PasswordHasherError;
    use reelmark_domain::ValueError;
    use serde_json::Value;

    async fn reset(api: Api, body: Value) -> Answer {
        api.post("/api/v1/auth/password/reset", body).send().await
    }

    async fn failing_with(error: ResetPasswordError) -> Answer {
        let mut api = Api::new();
        api.accounts.expect_reset_password().return_once(|_| Err(error));
        reset(api, json!({"code": "abc", "new_password": "nine lives of a cat"})).await
    }

    #[actix_web::test]
    async fn sets_the_new_password() {
        let mut api = Api::new();
        let is_ours = |command: &ResetPassword| {
            let ResetPassword { code, new_password, .. } = command;
            (code.expose(), new_password.expose()) == ("abc", "nine lives of a cat")
        };
        api.accounts.expect_reset_password().withf(is_ours).returning(|_| Ok(()));
        let answer =
            reset(api, json!({"code": "abc", "new_password": "nine lives of a cat"})).await;
        assert_eq!((answer.status, answer.text()), (204, ""));
    }

    #[actix_web::test]
    async fn says_what_is_wrong() {
        let answer = reset(Api::new(), json!({"new_password": "short"})).await;
        answer.refuses(&[("code", "required"), ("new_password", "too_short")]);
        let names_owner = ResetPasswordError::NewPassword(ValueError::ContainsOwnName);
        failing_with(names_owner).await.refuses(&[("new_password", "contains_own_name")]);
        failing_with(ResetPasswordError::InvalidCode).await.fails(422, "invalid_code");
        failing_with(PasswordHasherError::Busy.into()).await.fails(503, "overloaded");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
