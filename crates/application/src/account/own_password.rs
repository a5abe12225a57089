use reelmark_domain::{Caller, PlainPassword, User, Username};

use crate::ports::{
    CredentialsRecord, LoginKey, PasswordHasher, PasswordHasherError, RepositoryError, UserReader,
};

/// The caller's account, provided they know its password.
pub(super) struct Proven {
    pub user: User,
    pub password_hash: String,
}

/// Why somebody didn't prove that the account is theirs.
pub(super) enum Unproven {
    AccountGone,
    WrongPassword,
    Hasher(PasswordHasherError),
    Store(RepositoryError),
}

/// Checks the caller's password anew: a token alone may have been stolen.
pub(super) async fn prove(
    users: &dyn UserReader,
    hasher: &dyn PasswordHasher,
    caller: &Caller,
    password: PlainPassword,
) -> Result<Proven, Unproven> {
    let CredentialsRecord { user, password_hash } =
        credentials(users, caller).await?.ok_or(Unproven::AccountGone)?;
    if !hasher.verify(password, Some(password_hash.clone())).await? {
        return Err(Unproven::WrongPassword);
    }
    let user = User::try_from(user).map_err(RepositoryError::from)?;
    Ok(Proven { user, password_hash })
}

async fn credentials(
    users: &dyn UserReader,
    caller: &Caller,
) -> Result<Option<CredentialsRecord>, RepositoryError> {
    let Some(user) = users.find(caller.user_id.get()).await? else { return Ok(None) };
    let Ok(username) = Username::parse(&user.username) else { return Ok(None) };
    let found = users.find_credentials(LoginKey::Username(username.key())).await?;
    // Somebody else may have taken the name in between.
    Ok(found.filter(|found| found.user.id == user.id))
}

impl From<PasswordHasherError> for Unproven {
    fn from(error: PasswordHasherError) -> Self {
        Self::Hasher(error)
    }
}

impl From<RepositoryError> for Unproven {
    fn from(error: RepositoryError) -> Self {
        Self::Store(error)
    }
}
