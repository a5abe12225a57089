use reelmark_domain::{Role, User};

use super::register_user::new_account;
use super::{RegisterUser, RegisterUserError};
use crate::ports::{Clock, PasswordHasher, RepositoryError, UserRepository};

pub(super) async fn run(
    users: &dyn UserRepository,
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    command: RegisterUser,
) -> Result<Option<User>, RegisterUserError> {
    let account = new_account(hasher, clock, command, Role::Admin).await?;
    let record = users.insert_first(account).await?;
    Ok(record
        .map(User::try_from)
        .transpose()
        .map_err(RepositoryError::from)?)
}
