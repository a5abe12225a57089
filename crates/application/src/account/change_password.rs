use reelmark_domain::{Caller, PlainPassword, ValueError};
use thiserror::Error;

use super::own_password::{Unproven, prove};
use crate::ports::{
    AccountRepository, PasswordHasher, PasswordHasherError, ReplacePassword, RepositoryError,
    UserReader,
};

/// Somebody replaces their password.
#[derive(Clone, Debug)]
pub struct ChangePassword {
    pub caller: Caller,
    /// `None` when what they typed can't be any account's password.
    pub current_password: Option<PlainPassword>,
    pub new_password: PlainPassword,
}

/// Why the password was not replaced.
#[derive(Debug, Error)]
pub enum ChangePasswordError {
    /// The account was erased a moment ago.
    #[error("the account no longer exists")]
    AccountGone,
    #[error("the current password is wrong")]
    WrongPassword,
    /// The new password would do for somebody with other names.
    #[error("the new password {0}")]
    NewPassword(ValueError),
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    accounts: &dyn AccountRepository,
    users: &dyn UserReader,
    hasher: &dyn PasswordHasher,
    command: ChangePassword,
) -> Result<(), ChangePasswordError> {
    let current = command.current_password.ok_or(ChangePasswordError::WrongPassword)?;
    let proven = prove(users, hasher, &command.caller, current).await?;
    let fits = command.new_password.check_for(proven.user.username(), proven.user.email());
    fits.map_err(ChangePasswordError::NewPassword)?;
    let password = ReplacePassword {
        user_id: command.caller.user_id.get(),
        old_hash: proven.password_hash,
        new_hash: hasher.hash(command.new_password).await?,
        keep_session: command.caller.session_id.get(),
    };
    match accounts.replace_password(password).await? {
        true => Ok(()),
        // Somebody was faster, so that what was the password isn't any more.
        false => Err(ChangePasswordError::WrongPassword),
    }
}

impl From<Unproven> for ChangePasswordError {
    fn from(unproven: Unproven) -> Self {
        match unproven {
            Unproven::AccountGone => Self::AccountGone,
            Unproven::WrongPassword => Self::WrongPassword,
            Unproven::Hasher(error) => Self::Hasher(error),
            Unproven::Store(error) => Self::Store(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockAccountRepository, MockPasswordHasher};
    use crate::testing::{caller, known_user, password};
    use reelmark_domain::Role;

    fn command() -> ChangePassword {
        ChangePassword {
            caller: caller(Role::Member),
            current_password: Some(password()),
            new_password: PlainPassword::parse("nine lives of a cat").unwrap(),
        }
    }

    fn hasher(is_right: bool) -> MockPasswordHasher {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_verify().returning(move |_, _| Ok(is_right));
        hasher.expect_hash().returning(|_| Ok("new hash".into()));
        hasher
    }

    #[tokio::test]
    async fn replaces_the_hash_it_has_seen_and_keeps_this_session() {
        let expected = ReplacePassword {
            user_id: 7,
            old_hash: "hash".into(),
            new_hash: "new hash".into(),
            keep_session: command().caller.session_id.get(),
        };
        let mut accounts = MockAccountRepository::new();
        accounts.expect_replace_password().withf(move |p| *p == expected).returning(|_| Ok(true));
        run(&accounts, &known_user(), &hasher(true), command()).await.unwrap();
    }

    #[tokio::test]
    async fn a_wrong_password_changes_nothing() {
        let accounts = MockAccountRepository::new();
        let error = run(&accounts, &known_user(), &hasher(false), command()).await;
        assert!(matches!(error, Err(ChangePasswordError::WrongPassword)));
        let impossible = ChangePassword { current_password: None, ..command() };
        let error = run(&accounts, &known_user(), &hasher(true), impossible).await;
        assert!(matches!(error, Err(ChangePasswordError::WrongPassword)));
    }
}
