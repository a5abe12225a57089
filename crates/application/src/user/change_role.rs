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
