use reelmark_domain::{Caller, User};
use thiserror::Error;

use crate::ports::{RepositoryError, TokenError, TokenVerifier, UserReader};

/// Why a caller is not known.
#[derive(Debug, Error)]
pub enum AuthenticateError {
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The token was good, but its account is gone.
    #[error("the account no longer exists")]
    AccountGone,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// The role comes from the store on every call, so that taking it away acts at once.
pub(super) async fn run(
    users: &dyn UserReader,
    verifier: &dyn TokenVerifier,
    token: &str,
) -> Result<Caller, AuthenticateError> {
    let user_id = verifier.verify(token)?;
    let record = users
        .find(user_id.get())
        .await?
        .ok_or(AuthenticateError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    Ok(Caller {
        user_id: user.id(),
        role: user.role(),
    })
}
