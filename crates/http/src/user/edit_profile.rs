use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::ExpectedVersion;
use reelmark_application::user::{EditProfile, EditProfileError, UserUseCases};
use reelmark_domain::{Bio, Caller, DisplayName, Visibility};
use serde::Deserialize;
use serde_json::json;

use super::presenter::{OwnProfileResponse, tag_of};
use crate::extract::{Body, IfMatch, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::patch::Patch;
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{Private, Tagged};

pub(super) const ERRORS: OperationErrors = OperationErrors("editProfile", &[]);

/// What to change. What is absent stays as it is; null empties what may be empty.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct EditProfileRequest {
    /// The name to show in place of the username.
    #[serde(default)]
    display_name: Patch<String>,
    /// A few words about its owner.
    #[serde(default)]
    bio: Patch<String>,
    /// Who sees the profile and the ratings.
    #[serde(default)]
    visibility: Patch<String>,
}

/// Edit my profile
///
/// Changes what is sent and leaves the rest. Needs the `ETag` of the version you saw; a rating
/// that came in meanwhile doesn't matter.
#[api_v2_operation(tags(Users), operation_id = "editProfile")]
pub(super) async fn edit_profile(
    users: Uses<dyn UserUseCases>,
    caller: SignedIn,
    expected: IfMatch,
    body: Body<EditProfileRequest>,
) -> Result<Private<Tagged<OwnProfileResponse>>, ApiError> {
    let command = body.0.into_command(caller.0, expected.0)?;
    let profile = users.edit_profile(command).await?;
    Ok(Private(Tagged { tag: tag_of(&profile), body: (&profile).into() }))
}

impl EditProfileRequest {
    fn into_command(
        self,
        caller: Caller,
        expected: ExpectedVersion,
    ) -> Result<EditProfile, ApiError> {
        let mut errors = FieldErrors::default();
        let name = self.display_name.as_deref();
        let visibility = self.visibility.as_deref();
        let command = EditProfile {
            caller,
            expected,
            display_name: name.check(&mut errors, "display_name", DisplayName::parse),
            bio: self.bio.as_deref().check(&mut errors, "bio", Bio::parse),
            visibility: visibility.check_not_null(&mut errors, "visibility", Visibility::parse),
        };
        errors.finish(Some(command))
    }
}

impl From<EditProfileError> for ApiError {
    fn from(error: EditProfileError) -> Self {
        match error {
            EditProfileError::AccountGone => Self::new(ErrorCode::InvalidToken),
            EditProfileError::Stale => Self::new(ErrorCode::PreconditionFailed),
            EditProfileError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "EditProfileRequest";
    let text = |max: usize, example: &str| json!({"minLength": 1, "maxLength": max, "nullable": true, "example": example});
    vec![
        Rule::property(schema, "display_name", text(DisplayName::MAX, "Ada Lovelace")),
        Rule::property(schema, "bio", text(Bio::MAX, "I watch everything twice.")),
        Rule::property(schema, "visibility", json!({"enum": ["public", "private"]})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::Change;
    use reelmark_domain::Role;
    use serde_json::Value;

    const PATH: &str = "/api/v1/users/me";
    const TAG: &str = "\"3.0-0-0-0-1-0-0-2-0-0\"";

    async fn edit(api: Api, body: Value) -> Answer {
        api.patch(PATH, body).as_member().header("If-Match", TAG).send().await
    }

    fn expecting(is_ours: impl Fn(&EditProfile) -> bool + Send + 'static) -> Api {
        let mut api = Api::new();
        let edit_profile = api.users.expect_edit_profile();
        edit_profile.withf(is_ours).returning(|_| Ok(samples::profile()));
        api
    }

    async fn failing_with(error: EditProfileError) -> Answer {
        let mut api = Api::new();
        api.users.expect_edit_profile().return_once(|_| Err(error));
        edit(api, json!({})).await
    }

    #[actix_web::test]
    async fn changes_what_is_sent_and_clears_what_is_null() {
        let api = expecting(|command| {
            command.caller == samples::caller(Role::Member)
                && command.expected == ExpectedVersion::OneOf(vec![3])
                && command.display_name == Change::Clear
                && matches!(&command.bio, Change::Set(bio) if bio.as_str() == "Hello")
                && command.visibility == Some(Visibility::Private)
        });
        let body = json!({"display_name": null, "bio": " Hello ", "visibility": "private"});
        let answer = edit(api, body).await;
        assert_eq!((answer.status, &answer.json()["email"]), (200, &json!("ada@example.org")));
        assert_eq!(answer.header("etag"), TAG);
    }

    #[actix_web::test]
    async fn keeps_what_is_not_mentioned() {
        let api = expecting(|command| {
            command.display_name == Change::Keep
                && command.bio == Change::Keep
                && command.visibility.is_none()
        });
        assert_eq!(edit(api, json!({})).await.status, 200);
    }

    #[actix_web::test]
    async fn needs_the_version_it_starts_from() {
        let answer = Api::new().patch(PATH, json!({})).as_member().send().await;
        answer.fails(428, "precondition_required");
        failing_with(EditProfileError::Stale).await.fails(412, "precondition_failed");
    }

    #[actix_web::test]
    async fn every_field_is_reported_at_once() {
        let body = json!({"display_name": "x".repeat(81), "bio": "a\0", "visibility": null});
        edit(Api::new(), body).await.refuses(&[
            ("display_name", "too_long"),
            ("bio", "control_character"),
            ("visibility", "required"),
        ]);
        let answer = edit(Api::new(), json!({"visibility": "friends"})).await;
        answer.refuses(&[("visibility", "malformed")]);
        let answer = edit(Api::new(), json!({"email": "eve@example.org"})).await;
        answer.refuses(&[("email", "unknown_field")]);
    }

    #[actix_web::test]
    async fn says_when_the_account_or_the_store_is_gone() {
        failing_with(EditProfileError::AccountGone).await.fails(401, "invalid_token");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
