use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::account::{AccountUseCases, EraseAccount, EraseAccountError};
use serde::Deserialize;
use serde_json::json;

use super::typed_password;
use crate::extract::{Body, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::NoContent;

pub(crate) const ERRORS: OperationErrors = OperationErrors(
    "eraseAccount",
    &[ErrorCode::WrongPassword, ErrorCode::LastAdmin, ErrorCode::Overloaded],
);

/// The proof that somebody means to leave.
// It has no debug output, because a password stands in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EraseAccountRequest {
    /// The password.
    password: Option<String>,
}

/// Erase my account
///
/// Erases the account with its address, ratings, reviews and sessions, for good. Movies that it
/// added stay. The last admin can't leave.
#[api_v2_operation(tags(Users), operation_id = "eraseAccount")]
pub(crate) async fn erase_account(
    accounts: Uses<dyn AccountUseCases>,
    caller: SignedIn,
    body: Body<EraseAccountRequest>,
) -> Result<NoContent, ApiError> {
    let mut errors = FieldErrors::default();
    let password = errors.required("password", body.0.password.as_deref(), typed_password);
    let password = errors.finish(password)?;
    accounts.erase_account(EraseAccount { caller: caller.0, password }).await?;
    Ok(NoContent)
}

impl From<EraseAccountError> for ApiError {
    fn from(error: EraseAccountError) -> Self {
        match error {
            EraseAccountError::AccountGone => Self::new(ErrorCode::InvalidToken),
            EraseAccountError::WrongPassword => Self::new(ErrorCode::WrongPassword),
            EraseAccountError::LastAdmin => Self::new(ErrorCode::LastAdmin),
            EraseAccountError::Hasher(error) => error.into(),
            EraseAccountError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "EraseAccountRequest";
    vec![
        Rule::required(schema, "password"),
        Rule::property(schema, "password", json!({"minLength": 1, "format": "password"})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::Role;

    const PATH: &str = "/api/v1/users/me";

    async fn failing_with(error: EraseAccountError) -> Answer {
        let mut api = Api::new();
        api.accounts.expect_erase_account().return_once(|_| Err(error));
        api.delete(PATH).json(&json!({"password": "old"})).as_member().send().await
    }

    #[actix_web::test]
    async fn erases_the_callers_account() {
        let mut api = Api::new();
        let is_ours = |command: &EraseAccount| {
            command.caller == samples::caller(Role::Member)
                && command.password.as_ref().is_some_and(|p| p.expose() == "old")
        };
        api.accounts.expect_erase_account().withf(is_ours).returning(|_| Ok(()));
        let answer = api.delete(PATH).json(&json!({"password": "old"})).as_member().send().await;
        assert_eq!((answer.status, answer.text()), (204, ""));
    }

    #[actix_web::test]
    async fn says_what_is_wrong() {
        let answer = Api::new().delete(PATH).json(&json!({})).as_member().send().await;
        answer.refuses(&[("password", "required")]);
        failing_with(EraseAccountError::WrongPassword).await.fails(403, "wrong_password");
        failing_with(EraseAccountError::LastAdmin).await.fails(409, "last_admin");
        failing_with(EraseAccountError::AccountGone).await.fails(401, "invalid_token");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
