use reelmark_domain::{EmailAddress, PlainPassword, Role, User, Username};
use thiserror::Error;

use crate::ports::{
    Clock, InsertUser, PasswordHasher, PasswordHasherError, RepositoryError, UniqueKey,
    UserRepository,
};

/// Somebody wants an account.
#[derive(Clone, Debug)]
pub struct RegisterUser {
    pub username: Username,
    pub email: EmailAddress,
    pub password: PlainPassword,
}

/// Why there is no account.
#[derive(Debug, Error)]
pub enum RegisterUserError {
    #[error("the username is taken")]
    UsernameTaken,
    #[error("the e-mail address is taken")]
    EmailTaken,
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Store(RepositoryError),
}

pub(super) async fn run(
    users: &dyn UserRepository,
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    command: RegisterUser,
) -> Result<User, RegisterUserError> {
    let account = new_account(hasher, clock, command, Role::Member).await?;
    let record = users.insert(account).await?;
    Ok(User::try_from(record).map_err(RepositoryError::from)?)
}

pub(super) async fn new_account(
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    command: RegisterUser,
    role: Role,
) -> Result<InsertUser, PasswordHasherError> {
    Ok(InsertUser {
        username_key: command.username.key(),
        username: command.username.into(),
        email: command.email.into(),
        password_hash: hasher.hash(command.password).await?,
        role: role.into(),
        at: clock.now(),
    })
}

impl From<RepositoryError> for RegisterUserError {
    fn from(error: RepositoryError) -> Self {
        match error {
            RepositoryError::Conflict(UniqueKey::Username) => Self::UsernameTaken,
            RepositoryError::Conflict(UniqueKey::Email) => Self::EmailTaken,
            other => Self::Store(other),
        }
    }
}
