use reelmark_domain::{EmailAddress, PlainPassword, User, Username, ValueError};
use thiserror::Error;

use crate::ports::{
    AccessToken, CredentialsRecord, LoginKey, PasswordHasher, PasswordHasherError, RepositoryError,
    TokenIssuer, TokenIssuerError, UserReader,
};

/// What somebody typed to sign in.
#[derive(Debug)]
pub struct LogIn {
    /// A username or an e-mail address.
    pub login: String,
    pub password: PlainPassword,
}

/// Why somebody was not signed in.
#[derive(Debug, Error)]
pub enum LogInError {
    /// No account with this name and password; which of the two is wrong is not said.
    #[error("the login or the password is wrong")]
    InvalidCredentials,
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Issuer(#[from] TokenIssuerError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// An unknown account costs the same hash as a known one, so that nobody can tell them apart.
pub(super) async fn run(
    users: &dyn UserReader,
    hasher: &dyn PasswordHasher,
    issuer: &dyn TokenIssuer,
    command: LogIn,
) -> Result<AccessToken, LogInError> {
    let credentials = match login_key(&command.login) {
        Ok(key) => users.find_credentials(key).await?,
        Err(_) => None,
    };
    let (user, hash) = match credentials {
        Some(CredentialsRecord {
            user,
            password_hash,
        }) => (Some(user), Some(password_hash)),
        None => (None, None),
    };
    let is_right = hasher.verify(command.password, hash).await?;
    let user = user
        .filter(|_| is_right)
        .ok_or(LogInError::InvalidCredentials)?;
    let user = User::try_from(user).map_err(RepositoryError::from)?;
    Ok(issuer.issue(user.id())?)
}

fn login_key(login: &str) -> Result<LoginKey, ValueError> {
    if login.contains('@') {
        EmailAddress::parse(login).map(|email| LoginKey::Email(email.into()))
    } else {
        Username::parse(login.trim()).map(|name| LoginKey::Username(name.key()))
    }
}
