use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::account::{AccountUseCases, ActivateAccountError};
use reelmark_domain::Secret;
use serde::Deserialize;
use serde_json::json;

use super::code;
use crate::extract::{Body, RequestOrigin, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::NoContent;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("activateAccount", &[ErrorCode::InvalidCode]);

/// Proof that an address is theirs.
// It has no debug output, because a code stands in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ActivateAccountRequest {
    /// The code from the mail.
    code: Option<String>,
}

/// Activate an account
///
/// Uses up the code that came by mail after signing up. From then on its owner can sign in.
#[api_v2_operation(tags(Auth), operation_id = "activateAccount")]
pub(super) async fn activate_account(
    accounts: Uses<dyn AccountUseCases>,
    origin: RequestOrigin,
    body: Body<ActivateAccountRequest>,
) -> Result<NoContent, ApiError> {
    accounts.activate_account(body.0.into_code()?, origin.0).await?;
    Ok(NoContent)
}

impl ActivateAccountRequest {
    fn into_code(self) -> Result<Secret, ApiError> {
        let mut errors = FieldErrors::default();
        let code = errors.required("code", self.code.as_deref(), code);
        errors.finish(code)
    }
}

impl From<ActivateAccountError> for ApiError {
    fn from(error: ActivateAccountError) -> Self {
        match error {
            ActivateAccountError::InvalidCode => Self::new(ErrorCode::InvalidCode),
            ActivateAccountError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "ActivateAccountRequest";
    vec![
        Rule::required(schema, "code"),
        Rule::property(schema, "code", json!({"minLength": 1, "maxLength": Secret::MAX_BYTES})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::Origin;

    const PATH: &str = "/api/v1/auth/activate";

    async fn failing_with(error: ActivateAccountError) -> Answer {
        let mut api = Api::new();
        api.accounts.expect_activate_account().return_once(|_, _| Err(error));
        api.post(PATH, json!({"code": "abc"})).send().await
    }

    #[actix_web::test]
    async fn takes_a_code_with_the_blanks_around_it() {
        let mut api = Api::new();
        let is_ours = |code: &Secret, _: &Origin| code.expose() == "abc";
        api.accounts.expect_activate_account().withf(is_ours).returning(|_, _| Ok(()));
        let answer = api.post(PATH, json!({"code": " abc\n"})).send().await;
        assert_eq!((answer.status, answer.text()), (204, ""));
    }

    #[actix_web::test]
    async fn says_what_is_wrong() {
        failing_with(ActivateAccountError::InvalidCode).await.fails(422, "invalid_code");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        Api::new().post(PATH, json!({})).send().await.refuses(&[("code", "required")]);
        Api::new().post(PATH, json!({"code": " "})).send().await.refuses(&[("code", "blank")]);
    }
}
