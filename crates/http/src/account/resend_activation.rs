use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::account::AccountUseCases;
use reelmark_domain::{CodePurpose, EmailAddress};
use serde::Deserialize;
use serde_json::json;

use crate::extract::{Body, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, FieldErrors};
use crate::respond::Requested;

pub(super) const ERRORS: OperationErrors = OperationErrors("resendActivation", &[]);

/// Who waits for a code.
// It has no debug output, because an address stands in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ResendActivationRequest {
    /// The address of the account.
    email: Option<String>,
}

/// Ask for another activation code
///
/// Sends a code to the address, if there is an account with it that waits for its activation.
/// Earlier codes are no good any more. The answer is the same whether there is one.
#[api_v2_operation(tags(Auth), operation_id = "resendActivation")]
pub(super) async fn resend_activation(
    accounts: Uses<dyn AccountUseCases>,
    body: Body<ResendActivationRequest>,
) -> Result<Requested, ApiError> {
    let mut errors = FieldErrors::default();
    let email = errors.required("email", body.0.email.as_deref(), EmailAddress::parse);
    accounts.request_mail(CodePurpose::Activation, errors.finish(email)?).await?;
    Ok(Requested)
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "ResendActivationRequest";
    let email =
        json!({"maxLength": EmailAddress::MAX, "format": "email", "example": "ada@example.org"});
    vec![Rule::required(schema, "email"), Rule::property(schema, "email", email)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use mockall::predicate::eq;

    const PATH: &str = "/api/v1/auth/activation/resend";

    #[actix_web::test]
    async fn asks_for_a_mail_to_the_canonical_address_and_says_no_more() {
        let mut api = Api::new();
        let email = eq(EmailAddress::parse("ada@example.org").unwrap());
        let request = api.accounts.expect_request_mail().with(eq(CodePurpose::Activation), email);
        request.returning(|_, _| Ok(()));
        let answer = api.post(PATH, json!({"email": " Ada@Example.org"})).send().await;
        assert_eq!((answer.status, answer.text()), (202, ""));
    }

    #[actix_web::test]
    async fn says_what_is_wrong() {
        Api::new().post(PATH, json!({})).send().await.refuses(&[("email", "required")]);
        let answer = Api::new().post(PATH, json!({"email": "ada"})).send().await;
        answer.refuses(&[("email", "malformed")]);
        let mut api = Api::new();
        let request = api.accounts.expect_request_mail();
        request.return_once(|_, _| Err(samples::unavailable().into()));
        let answer = api.post(PATH, json!({"email": "ada@example.org"})).send().await;
        answer.fails(503, "unavailable");
    }
}
