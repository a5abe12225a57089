use reelmark_domain::{Action, Caller, Forbidden, Role, User, Username};
use thiserror::Error;

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
    command: ChangeRole,
) -> Result<User, ChangeRoleError> {
    if let ChangedBy::Caller(caller) = command.by {
        caller.authorize(Action::ChangeRole)?;
    }
    let record = users
        .set_role(command.username.key(), command.role.into())
        .await?
        .ok_or(ChangeRoleError::UserNotFound)?;
    Ok(User::try_from(record).map_err(RepositoryError::from)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockUserRepository, UserRecord};
    use crate::testing::{caller, user_record, username};
    use mockall::predicate::eq;

    fn command(by: ChangedBy) -> ChangeRole {
        ChangeRole { by, username: username(), role: Role::Curator }
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
            let user = run(&users(true), command(by)).await.unwrap();
            assert_eq!(user.role(), Role::Curator);
        }
    }

    #[tokio::test]
    async fn nobody_else_does() {
        let by = ChangedBy::Caller(caller(Role::Curator));
        let error = run(&MockUserRepository::new(), command(by)).await;
        assert!(matches!(error, Err(ChangeRoleError::Forbidden(_))));
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_user() {
        let error = run(&users(false), command(ChangedBy::Operator)).await;
        assert!(matches!(error, Err(ChangeRoleError::UserNotFound)));
    }
}
