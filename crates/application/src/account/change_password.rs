use reelmark_domain::{Caller, PlainPassword, ValueError};
use thiserror::Error;

use super::own_password::{Unproven, prove};
use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
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
    pub origin: Origin,
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
    audit: &AuditRecorder,
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
    if !accounts.replace_password(password).await? {
        // Somebody was faster, so that what was the password isn't any more.
        return Err(ChangePasswordError::WrongPassword);
    }
    let event = AuditEvent::of(AuditKind::PasswordChanged).by(proven.user.id());
    audit.record(event.about(&proven.user).from(&command.origin)).await;
    Ok(())
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
    use crate::testing::{audit, caller, known_user, only_event, origin, password};
    use reelmark_domain::Role;

    fn command() -> ChangePassword {
        ChangePassword {
            caller: caller(Role::Member),
            current_password: Some(password()),
            new_password: PlainPassword::parse("nine lives of a cat").unwrap(),
            origin: origin(),
        }
    }

    fn hasher(is_right: bool) -> MockPasswordHasher {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_verify().returning(move |_, _| Ok(is_right));
        hasher.expect_hash().returning(|_| Ok("new hash".into()));
        hasher
    }

    #[tokio::test]
    async fn replaces_the_hash_it_has_seen_keeps_this_session_and_records_it() {
        let expected = ReplacePassword {
            user_id: 7,
            old_hash: "hash".into(),
            new_hash: "new hash".into(),
            keep_session: command().caller.session_id.get(),
        };
        let mut accounts = MockAccountRepository::new();
        accounts.expect_replace_password().withf(move |p| *p == expected).returning(|_| Ok(true));
        let (audit, events) = audit();
        run(&accounts, &known_user(), &hasher(true), &audit, command()).await.unwrap();
        let event = only_event(&events);
        assert_eq!(event.kind, "password_changed");
        assert_eq!((event.actor_user_id, event.subject_user_id), (Some(7), Some(7)));
        assert_eq!(event.address.as_deref(), Some("192.0.2.7"));
    }

    #[tokio::test]
    async fn a_wrong_password_changes_nothing() {
        let accounts = MockAccountRepository::new();
        let (audit, events) = audit();
        let error = run(&accounts, &known_user(), &hasher(false), &audit, command()).await;
        assert!(matches!(error, Err(ChangePasswordError::WrongPassword)));
        let impossible = ChangePassword { current_password: None, ..command() };
        let error = run(&accounts, &known_user(), &hasher(true), &audit, impossible).await;
        assert!(matches!(error, Err(ChangePasswordError::WrongPassword)));
        assert!(events.lock().unwrap().is_empty());
    }
}
