use reelmark_domain::{Caller, PlainPassword};
use thiserror::Error;

use super::AccountPorts;
use super::own_password::{Unproven, prove};
use crate::caching::invalidate;
use crate::messages::{Message, MovieChangedV1};
use crate::ports::{
    EraseAccount as EraseAccountRecord, ErasureOutcome, PasswordHasherError, RepositoryError,
};

/// Somebody leaves.
#[derive(Clone, Debug)]
pub struct EraseAccount {
    pub caller: Caller,
    /// `None` when what they typed can't be any account's password.
    pub password: Option<PlainPassword>,
}

/// Why the account is still there.
#[derive(Debug, Error)]
pub enum EraseAccountError {
    /// It was erased a moment ago.
    #[error("the account no longer exists")]
    AccountGone,
    #[error("the password is wrong")]
    WrongPassword,
    /// Nobody could give out roles any more.
    #[error("nobody else is an admin")]
    LastAdmin,
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    ports: &AccountPorts,
    command: EraseAccount,
) -> Result<(), EraseAccountError> {
    let password = command.password.ok_or(EraseAccountError::WrongPassword)?;
    prove(&*ports.users, &*ports.hasher, &command.caller, password).await?;
    let user_id = command.caller.user_id.get();
    let account = EraseAccountRecord { user_id, at: ports.clock.now() };
    match ports.accounts.erase(account).await? {
        ErasureOutcome::Erased { movies } => {
            for movie in movies {
                let changed = Message::MovieChanged(MovieChangedV1 { movie });
                invalidate(&*ports.cache, &changed).await;
            }
            Ok(())
        }
        ErasureOutcome::LastAdmin => Err(EraseAccountError::LastAdmin),
        ErasureOutcome::NotFound => Err(EraseAccountError::AccountGone),
    }
}

impl From<Unproven> for EraseAccountError {
    fn from(unproven: Unproven) -> Self {
        match unproven {
            Unproven::AccountGone => Self::AccountGone,
            Unproven::WrongPassword => Self::WrongPassword,
            Unproven::Hasher(error) => Self::Hasher(error),
            Unproven::Store(error) => Self::Store(error),
        }
    }
}
