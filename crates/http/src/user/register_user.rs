use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::Origin;
use reelmark_application::throttling::policies::SIGN_UP_IP;
use reelmark_application::user::{RegisterUser, RegisterUserError, UserProfile, UserUseCases};
use reelmark_domain::{EmailAddress, Histogram, PlainPassword, Username};
use serde::Deserialize;
use serde_json::json;

use super::presenter::{OwnProfileResponse, tag_of};
use crate::extract::{Body, RequestOrigin, Throttling, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::Created;

pub(super) const ERRORS: OperationErrors = OperationErrors(
    "registerUser",
    &[
        ErrorCode::UsernameTaken,
        ErrorCode::EmailTaken,
        ErrorCode::TooManyRequests,
        ErrorCode::Overloaded,
    ],
);

/// An account to make.
// It has no debug output, because a password stands in it.
#[derive(Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct RegisterUserRequest {
    /// The name to be found by; two names that differ in case alone are one name.
    username: Option<String>,
    /// The address to be reached at; nobody else sees it.
    email: Option<String>,
    /// A password: 12 characters or more, at most 71 bytes in UTF-8, neither common nor easy to
    /// guess, and without the names of its owner or of this service.
    password: Option<String>,
}

/// Sign up
///
/// Makes an account with a public profile and the role member. The answer carries where the
/// profile is and its `ETag`.
#[api_v2_operation(tags(Users), operation_id = "registerUser")]
pub(super) async fn register_user(
    users: Uses<dyn UserUseCases>,
    origin: RequestOrigin,
    throttling: Throttling,
    body: Body<RegisterUserRequest>,
) -> Result<Created<OwnProfileResponse>, ApiError> {
    let command = body.0.into_command(origin.0)?;
    throttling.admit(SIGN_UP_IP).await?;
    let user = users.register_user(command).await?;
    // Nobody has rated anything before there was an account to do it with.
    let profile = UserProfile { user, histogram: Histogram::default() };
    Ok(Created {
        location: format!("/api/v1/users/{}", profile.user.username()),
        tag: tag_of(&profile),
        body: (&profile).into(),
    })
}

impl RegisterUserRequest {
    fn into_command(self, origin: Origin) -> Result<RegisterUser, ApiError> {
        let mut errors = FieldErrors::default();
        let username = errors.required("username", self.username.as_deref(), Username::parse);
        let email = errors.required("email", self.email.as_deref(), EmailAddress::parse);
        let password = errors.required("password", self.password.as_deref(), PlainPassword::parse);
        let command = username.zip(email).zip(password);
        errors.finish(command.map(|((username, email), password)| RegisterUser {
            username,
            email,
            password,
            origin: Some(origin),
        }))
    }
}

impl From<RegisterUserError> for ApiError {
    fn from(error: RegisterUserError) -> Self {
        match error {
            RegisterUserError::UsernameTaken => Self::new(ErrorCode::UsernameTaken),
            RegisterUserError::EmailTaken => Self::new(ErrorCode::EmailTaken),
            RegisterUserError::Password(error) => {
                Self::field("password", error.code(), &error.to_string())
            }
            RegisterUserError::Hasher(error) => error.into(),
            RegisterUserError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "RegisterUserRequest";
    let username = json!({
        "minLength": Username::MIN,
        "maxLength": Username::MAX,
        "pattern": "^[A-Za-z0-9_-]+$",
        "example": "ada",
    });
    let email =
        json!({"maxLength": EmailAddress::MAX, "format": "email", "example": "ada@example.org"});
    let password = json!({
        "minLength": PlainPassword::MIN,
        "maxLength": PlainPassword::MAX_BYTES,
        "format": "password",
    });
    vec![
        Rule::required(schema, "username"),
        Rule::required(schema, "email"),
        Rule::required(schema, "password"),
        Rule::property(schema, "username", username),
        Rule::property(schema, "email", email),
        Rule::property(schema, "password", password),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::ports::PasswordHasherError;
    use serde_json::Value;

    const PASSWORD: &str = "nine lives of a cat";

    async fn register(api: Api, username: &str, email: &str, password: &str) -> Answer {
        let body = json!({"username": username, "email": email, "password": password});
        api.post("/api/v1/users", body).send().await
    }

    async fn failing_with(error: RegisterUserError) -> Answer {
        let mut api = Api::new();
        api.users.expect_register_user().return_once(|_| Err(error));
        register(api, "ada", "ada@example.org", PASSWORD).await
    }

    #[actix_web::test]
    async fn makes_an_account_and_says_where_it_is() {
        let mut api = Api::new();
        let is_ours = |command: &RegisterUser| {
            command.username.as_str() == "Ada_L"
                && command.email.as_str() == "ada@example.org"
                && command.password.expose() == PASSWORD
        };
        api.users.expect_register_user().withf(is_ours).returning(|_| Ok(samples::user()));
        let answer = register(api, "Ada_L", " Ada@Example.org", PASSWORD).await;
        assert_eq!(answer.status, 201);
        assert_eq!(answer.header("location"), "/api/v1/users/Ada_L");
        assert_eq!(answer.header("etag"), "\"3.0-0-0-0-0-0-0-0-0-0\"");
        let body = answer.json();
        assert_eq!((&body["count"], &body["mean"]), (&json!(0), &json!(null)));
        assert_eq!((&body["email"], &body["role"]), (&json!("ada@example.org"), &json!("member")));
    }

    #[actix_web::test]
    async fn every_field_is_reported_at_once() {
        let answer = register(Api::new(), "a b", "nobody", "eleven char").await;
        answer.refuses(&[
            ("username", "malformed"),
            ("email", "malformed"),
            ("password", "too_short"),
        ]);
        let answer = Api::new().post("/api/v1/users", json!({})).send().await;
        answer.refuses(&[
            ("username", "required"),
            ("email", "required"),
            ("password", "required"),
        ]);
    }

    #[actix_web::test]
    async fn refuses_passwords_that_bcrypt_can_not_tell_apart_and_common_ones() {
        let cases = [
            ("é".repeat(36), "too_many_bytes"),
            ("correct\0horse battery".into(), "control_character"),
            ("qwertyuiop123".into(), "common_password"),
        ];
        for (password, code) in cases {
            let answer = register(Api::new(), "ada", "ada@example.org", &password).await;
            answer.refuses(&[("password", code)]);
            assert!(!answer.text().contains(&password));
        }
    }

    #[actix_web::test]
    async fn nobody_can_be_called_me() {
        let answer = register(Api::new(), "me", "me@example.org", PASSWORD).await;
        answer.refuses(&[("username", "too_short")]);
    }

    #[actix_web::test]
    async fn says_what_is_taken() {
        failing_with(RegisterUserError::UsernameTaken).await.fails(409, "username_taken");
        failing_with(RegisterUserError::EmailTaken).await.fails(409, "email_taken");
    }

    #[actix_web::test]
    async fn sheds_when_too_many_sign_up_and_tells_nobody_what_is_down() {
        failing_with(PasswordHasherError::Busy.into()).await.fails(503, "overloaded");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }

    #[actix_web::test]
    async fn nobody_makes_themself_an_admin() {
        let body: Value = json!({"username": "ada", "email": "ada@example.org",
            "password": PASSWORD, "role": "admin"});
        let answer = Api::new().post("/api/v1/users", body).send().await;
        answer.refuses(&[("role", "unknown_field")]);
    }
}
