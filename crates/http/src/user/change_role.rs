use actix_web::web::Json;
use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::user::{ChangeRole, ChangeRoleError, ChangedBy, UserUseCases};
use reelmark_domain::{Caller, Role, User, Username};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::extract::{Body, RequestOrigin, SignedIn, UsernameInPath, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};

pub(super) const ERRORS: OperationErrors = OperationErrors(
    "changeRole",
    &[ErrorCode::Forbidden, ErrorCode::UserNotFound, ErrorCode::LastAdmin],
);

/// The role to give.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeRoleRequest {
    /// What they may do from now on.
    role: Option<String>,
}

/// The role somebody has.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct UserRoleResponse {
    /// Who has it.
    username: String,
    /// What they may do.
    role: &'static str,
}

/// Give somebody a role
///
/// It acts at once, also for tokens that were given out before. Needs the role admin,
/// which can't be taken from the last active account that has it.
#[api_v2_operation(tags(Users), operation_id = "changeRole")]
pub(super) async fn change_role(
    users: Uses<dyn UserUseCases>,
    caller: SignedIn,
    username: UsernameInPath,
    origin: RequestOrigin,
    body: Body<ChangeRoleRequest>,
) -> Result<Json<UserRoleResponse>, ApiError> {
    let origin = Some(origin.0);
    let command = ChangeRole { origin, ..body.0.into_command(caller.0, username.0)? };
    let user = users.change_role(command).await?;
    Ok(Json((&user).into()))
}

impl ChangeRoleRequest {
    fn into_command(self, caller: Caller, username: Username) -> Result<ChangeRole, ApiError> {
        let mut errors = FieldErrors::default();
        let role = errors.required("role", self.role.as_deref(), Role::parse);
        let by = ChangedBy::Caller(caller);
        errors.finish(role.map(|role| ChangeRole { by, username, role, origin: None }))
    }
}

impl From<&User> for UserRoleResponse {
    fn from(user: &User) -> Self {
        Self { username: user.username().to_string(), role: user.role().as_str() }
    }
}

impl From<ChangeRoleError> for ApiError {
    fn from(error: ChangeRoleError) -> Self {
        match error {
            ChangeRoleError::Forbidden(forbidden) => forbidden.into(),
            ChangeRoleError::UserNotFound => Self::new(ErrorCode::UserNotFound),
            ChangeRoleError::LastAdmin => Self::new(ErrorCode::LastAdmin),
            ChangeRoleError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let roles = json!({"enum": Role::ALL.map(Role::as_str)});
    vec![
        Rule::required("ChangeRoleRequest", "role"),
        Rule::property("ChangeRoleRequest", "role", roles.clone()),
        Rule::property("UserRoleResponse", "role", roles),
        Rule::property("UserRoleResponse", "username", json!({"example": "ada"})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::{Action, Forbidden};

    const PATH: &str = "/api/v1/users/ada_l/role";

    async fn failing_with(error: ChangeRoleError) -> Answer {
        let mut api = Api::new();
        api.users.expect_change_role().return_once(|_| Err(error));
        api.put(PATH, json!({"role": "curator"})).as_member().send().await
    }

    fn forbidden() -> Forbidden {
        samples::caller(Role::Member).authorize(Action::ChangeRole).unwrap_err()
    }

    #[actix_web::test]
    async fn gives_the_role_in_the_callers_name() {
        let mut api = Api::new();
        let is_ours = |command: &ChangeRole| {
            command.by == ChangedBy::Caller(samples::caller(Role::Admin))
                && command.username.as_str() == "ada_l"
                && command.role == Role::Member
        };
        api.users.expect_change_role().withf(is_ours).returning(|_| Ok(samples::user()));
        let answer = api.put(PATH, json!({"role": "member"})).as_admin().send().await;
        let expected = json!({"username": "Ada_L", "role": "member"});
        assert_eq!((answer.status, answer.json()), (200, expected));
    }

    #[actix_web::test]
    async fn refuses_what_is_no_role() {
        let answer = Api::new().put(PATH, json!({"role": "root"})).as_admin().send().await;
        answer.refuses(&[("role", "malformed")]);
        let answer = Api::new().put(PATH, json!({})).as_admin().send().await;
        answer.refuses(&[("role", "required")]);
    }

    #[actix_web::test]
    async fn says_who_may_do_it() {
        let answer = failing_with(forbidden().into()).await;
        answer.fails(403, "forbidden");
        assert_eq!(answer.problem()["detail"], "This needs the role admin, has member.");
        let answer = Api::new().put(PATH, json!({"role": "admin"})).send().await;
        answer.fails(401, "unauthenticated");
    }

    #[actix_web::test]
    async fn says_when_the_user_the_store_or_another_admin_is_not_there() {
        failing_with(ChangeRoleError::LastAdmin).await.fails(409, "last_admin");
        failing_with(ChangeRoleError::UserNotFound).await.fails(404, "user_not_found");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
    }
}
