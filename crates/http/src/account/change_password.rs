use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::Origin;
use reelmark_application::account::{AccountUseCases, ChangePassword, ChangePasswordError};
use reelmark_domain::{Caller, PlainPassword};
use serde::Deserialize;
use serde_json::json;

use super::typed_password;
use crate::extract::{Body, RequestOrigin, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::NoContent;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("changePassword", &[ErrorCode::WrongPassword, ErrorCode::Overloaded]);

/// A new password for the old one.
// It has no debug output, because passwords stand in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangePasswordRequest {
    /// The password that is good so far.
    current_password: Option<String>,
    /// The new password, under the rules of signing up.
    new_password: Option<String>,
}

/// Change my password
///
/// Signs out everywhere else; this session goes on.
#[api_v2_operation(tags(Auth), operation_id = "changePassword")]
pub(super) async fn change_password(
    accounts: Uses<dyn AccountUseCases>,
    caller: SignedIn,
    origin: RequestOrigin,
    body: Body<ChangePasswordRequest>,
) -> Result<NoContent, ApiError> {
    accounts.change_password(body.0.into_command(caller.0, origin.0)?).await?;
    Ok(NoContent)
}

impl ChangePasswordRequest {
    fn into_command(self, caller: Caller, origin: Origin) -> Result<ChangePassword, ApiError> {
        let mut errors = FieldErrors::default();
        let current = self.current_password.as_deref();
        let current = errors.required("current_password", current, typed_password);
        let new = self.new_password.as_deref();
        let new = errors.required("new_password", new, PlainPassword::parse);
        errors.finish(current.zip(new).map(|(current_password, new_password)| ChangePassword {
            caller,
            current_password,
            new_password,
            origin,
        }))
    }
}

impl From<ChangePasswordError> for ApiError {
    fn from(error: ChangePasswordError) -> Self {
        match error {
            ChangePasswordError::AccountGone => Self::new(ErrorCode::InvalidToken),
            ChangePasswordError::WrongPassword => Self::new(ErrorCode::WrongPassword),
            ChangePasswordError::NewPassword(error) => {
                Self::field("new_password", error.code(), &error.to_string())
            }
            ChangePasswordError::Hasher(error) => error.into(),
            ChangePasswordError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "ChangePasswordRequest";
    let new_password = json!({
        "minLength": PlainPassword::MIN,
        "maxLength": PlainPassword::MAX_BYTES,
        "format": "password",
    });
    let current_password = json!({"minLength": 1, "format": "password"});
    vec![
        Rule::required(schema, "current_password"),
        Rule::required(schema, "new_password"),
        Rule::property(schema, "current_password", current_password),
        Rule::property(schema, "new_password", new_password),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::{Role, ValueError};
    use serde_json::Value;

    const PATH: &str = "/api/v1/auth/password/change";

    fn body() -> Value {
        json!({"current_password": "old", "new_password": "nine lives of a cat"})
    }

    async fn failing_with(error: ChangePasswordError) -> Answer {
        let mut api = Api::new();
        api.accounts.expect_change_password().return_once(|_| Err(error));
        api.post(PATH, body()).as_member().send().await
    }

    #[actix_web::test]
    async fn changes_the_callers_password() {
        let mut api = Api::new();
        let is_ours = |command: &ChangePassword| {
            command.caller == samples::caller(Role::Member)
                && command.current_password.as_ref().is_some_and(|p| p.expose() == "old")
                && command.new_password.expose() == "nine lives of a cat"
        };
        api.accounts.expect_change_password().withf(is_ours).returning(|_| Ok(()));
        let answer = api.post(PATH, body()).as_member().send().await;
        assert_eq!((answer.status, answer.text()), (204, ""));
    }

    #[actix_web::test]
    async fn says_what_is_wrong() {
        Api::new().post(PATH, body()).send().await.fails(401, "unauthenticated");
        let answer = Api::new().post(PATH, json!({"current_password": ""})).as_member();
        let fields = [("current_password", "blank"), ("new_password", "required")];
        answer.send().await.refuses(&fields);
        failing_with(ChangePasswordError::WrongPassword).await.fails(403, "wrong_password");
        let names_owner = ChangePasswordError::NewPassword(ValueError::ContainsOwnName);
        failing_with(names_owner).await.refuses(&[("new_password", "contains_own_name")]);
        failing_with(ChangePasswordError::AccountGone).await.fails(401, "invalid_token");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
