use reelmark_domain::{Action, Caller, Forbidden, Role, User, Username};
use thiserror::Error;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{RepositoryError, UserRepository};

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
    let record = users
        .set_role(command.username.key(), command.role.into())
        .await?
        .ok_or(ChangeRoleError::UserNotFound)?;
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
    use mockall::predicate::eq;

    fn command(by: ChangedBy) -> ChangeRole {
        ChangeRole { by, username: username(), role: Role::Curator, origin: None }
    }

    fn users(is_known: bool) -> MockUserRepository {
        let mut users = MockUserRepository::new();
        users
            .expect_set_role()
            .with(eq("ada".to_owned()), eq("curator".to_owned()))
            .returning(move |_, role| Ok(is_known.then(|| UserRecord { role, ..user_record() })));
        users
    }

    #[tokio::test]
    async fn admins_and_operators_give_out_roles() {
        for by in [ChangedBy::Operator, ChangedBy::Caller(caller(Role::Admin))] {
            let (audit, events) = audit();
            let user = run(&users(true), &audit, command(by)).await.unwrap();
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
    async fn says_when_there_is_no_such_user() {
        let error = run(&users(false), &audit().0, command(ChangedBy::Operator)).await;
        assert!(matches!(error, Err(ChangeRoleError::UserNotFound)));
    }
}
