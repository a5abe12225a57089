use reelmark_domain::{Action, Caller, Forbidden, Role, User, Username};
use thiserror::Error;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{RepositoryError, RoleOutcome, SetRole, UserRepository};

/// Who gives out a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangedBy {
    /// Somebody at the command line, who holds the store anyway.
    Operator,
    /// Somebody through the API.
    Caller(Caller),
}

/// Somebody gets a role.
#[derive(Clone, Debug)]
pub struct ChangeRole {
    pub by: ChangedBy,
    pub username: Username,
    pub role: Role,
    /// Nowhere for an operator.
    pub origin: Option<Origin>,
}

/// Why a role was not changed.
#[derive(Debug, Error)]
pub enum ChangeRoleError {
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error("there is no such user")]
    UserNotFound,
    /// Nobody could give out roles any more. Operators may do it all the same.
    #[error("no other active account is an admin")]
    LastAdmin,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    users: &dyn UserRepository,
    audit: &AuditRecorder,
    command: ChangeRole,
) -> Result<User, ChangeRoleError> {
    if let ChangedBy::Caller(caller) = command.by {
        caller.authorize(Action::ChangeRole)?;
    }
    let role = SetRole {
        username_key: command.username.key(),
        role: command.role.into(),
        keep_an_admin: command.by != ChangedBy::Operator,
    };
    let record = match users.set_role(role).await? {
        RoleOutcome::Given(record) => record,
        RoleOutcome::LastAdmin => return Err(ChangeRoleError::LastAdmin),
        RoleOutcome::NotFound => return Err(ChangeRoleError::UserNotFound),
    };
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    audit.record(role_changed(&user, command.by).from(command.origin.as_ref())).await;
    Ok(user)
}

fn role_changed(user: &User, by: ChangedBy) -> AuditEvent {
    let event = AuditEvent::of(AuditKind::RoleChanged).about(user).with("role", user.role());
    match by {
        ChangedBy::Caller(caller) => event.by(caller.user_id),
        ChangedBy::Operator => event.with("by", "operator"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockUserRepository, UserRecord};
    use crate::testing::{audit, caller, only_event, user_record, username};

    fn command(by: ChangedBy) -> ChangeRole {
        ChangeRole { by, username: username(), role: Role::Curator, origin: None }
    }

    fn users(by: ChangedBy, outcome: RoleOutcome) -> MockUserRepository {
        let (username_key, role) = ("ada".to_owned(), "curator".to_owned());
        let expected =
            SetRole { username_key, role, keep_an_admin: matches!(by, ChangedBy::Caller(_)) };
        let mut users = MockUserRepository::new();
        users
            .expect_set_role()
            .withf(move |role| *role == expected)
            .returning(move |_| Ok(outcome.clone()));
        users
    }

    #[tokio::test]
    async fn admins_and_operators_give_out_roles() {
        for by in [ChangedBy::Operator, ChangedBy::Caller(caller(Role::Admin))] {
            let (audit, events) = audit();
            let curator = UserRecord { role: "curator".into(), ..user_record() };
            let users = users(by, RoleOutcome::Given(curator));
            let user = run(&users, &audit, command(by)).await.unwrap();
            assert_eq!(user.role(), Role::Curator);
            let event = only_event(&events);
            let is_operator = by == ChangedBy::Operator;
            assert_eq!((event.kind.as_str(), event.subject_user_id), ("role_changed", Some(7)));
            assert_eq!(event.actor_user_id, (!is_operator).then_some(7));
            let detail = event.detail.unwrap();
            assert!(detail.contains(r#""role":"curator""#), "{detail}");
            assert_eq!(detail.contains(r#""by":"operator""#), is_operator);
        }
    }

    #[tokio::test]
    async fn nobody_else_does() {
        let by = ChangedBy::Caller(caller(Role::Curator));
        let error = run(&MockUserRepository::new(), &audit().0, command(by)).await;
        assert!(matches!(error, Err(ChangeRoleError::Forbidden(_))));
    }

    #[tokio::test]
    async fn says_why_nothing_was_changed_and_records_nothing() {
        let by = ChangedBy::Caller(caller(Role::Admin));
        let (audit, events) = audit();
        let error = run(&users(by, RoleOutcome::NotFound), &audit, command(by)).await;
        assert!(matches!(error, Err(ChangeRoleError::UserNotFound)));
        let error = run(&users(by, RoleOutcome::LastAdmin), &audit, command(by)).await;
        assert!(matches!(error, Err(ChangeRoleError::LastAdmin)));
        assert!(events.lock().unwrap().is_empty());
    }
}
