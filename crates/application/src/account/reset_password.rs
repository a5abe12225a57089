use reelmark_domain::{CodePurpose, PlainPassword, Secret, User, ValueError};
use thiserror::Error;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{
    AccountCodeRepository, Clock, PasswordHasher, PasswordHasherError, RepositoryError,
    ResetPasswordByCode,
};

/// Somebody sets a new password by a code that they got by mail.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    pub code: Secret,
    pub new_password: PlainPassword,
    pub origin: Origin,
}

/// Why the password was not set.
#[derive(Debug, Error)]
pub enum ResetPasswordError {
    /// Unknown, expired, used and replaced codes are not told apart.
    #[error("the code is no good")]
    InvalidCode,
    /// The new password would do for somebody with other names. The code is still good.
    #[error("the new password {0}")]
    NewPassword(ValueError),
    #[error(transparent)]
    Hasher(#[from] PasswordHasherError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Looks the code up before it hashes, which is slow on purpose; the store decides in the end.
pub(super) async fn run(
    codes: &dyn AccountCodeRepository,
    hasher: &dyn PasswordHasher,
    clock: &dyn Clock,
    audit: &AuditRecorder,
    command: ResetPassword,
) -> Result<(), ResetPasswordError> {
    let purpose = CodePurpose::PasswordReset.as_str().to_owned();
    let code_hash = command.code.digest();
    let owner = codes.find_owner(code_hash.clone(), purpose, clock.now()).await?;
    let owner = owner.ok_or(ResetPasswordError::InvalidCode)?;
    let owner = User::try_from(owner).map_err(RepositoryError::from)?;
    let fits = command.new_password.check_for(owner.username(), owner.email());
    fits.map_err(ResetPasswordError::NewPassword)?;
    let password_hash = hasher.hash(command.new_password).await?;
    let reset = ResetPasswordByCode { code_hash, password_hash, at: clock.now() };
    if !codes.reset_password(reset).await? {
        return Err(ResetPasswordError::InvalidCode);
    }
    let event = AuditEvent::of(AuditKind::PasswordReset).about(&owner);
    audit.record(event.from(&command.origin)).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockAccountCodeRepository, MockPasswordHasher, UserRecord};
    use crate::testing::{NOW, audit, clock, only_event, origin, password, user_record};

    fn command() -> ResetPassword {
        let code = Secret::parse("code".into()).unwrap();
        ResetPassword { code, new_password: password(), origin: origin() }
    }

    fn hasher() -> MockPasswordHasher {
        let mut hasher = MockPasswordHasher::new();
        hasher.expect_hash().returning(|_| Ok("new hash".into()));
        hasher
    }

    fn codes(owner: Option<UserRecord>) -> MockAccountCodeRepository {
        let mut codes = MockAccountCodeRepository::new();
        codes.expect_find_owner().return_once(move |_, _, _| Ok(owner));
        codes
    }

    #[tokio::test]
    async fn stores_the_hash_of_the_new_password_and_records_it() {
        let expected = ResetPasswordByCode {
            code_hash: command().code.digest(),
            password_hash: "new hash".into(),
            at: NOW,
        };
        let mut codes = codes(Some(user_record()));
        codes
            .expect_reset_password()
            .withf(move |reset| *reset == expected)
            .returning(|_| Ok(true));
        let (audit, events) = audit();
        run(&codes, &hasher(), &clock(), &audit, command()).await.unwrap();
        let event = only_event(&events);
        assert_eq!((event.kind.as_str(), event.subject_user_id), ("password_reset", Some(7)));
        assert_eq!((event.actor_user_id, event.address.as_deref()), (None, Some("192.0.2.7")));
    }

    #[tokio::test]
    async fn spends_no_hash_on_a_code_that_is_no_good() {
        let (codes, hasher) = (codes(None), MockPasswordHasher::new());
        let error = run(&codes, &hasher, &clock(), &audit().0, command()).await;
        assert!(matches!(error, Err(ResetPasswordError::InvalidCode)));
    }

    #[tokio::test]
    async fn of_two_who_use_a_code_at_once_the_slower_one_is_told() {
        let mut codes = codes(Some(user_record()));
        codes.expect_reset_password().returning(|_| Ok(false));
        let (audit, events) = audit();
        let error = run(&codes, &hasher(), &clock(), &audit, command()).await;
        assert!(matches!(error, Err(ResetPasswordError::InvalidCode)));
        assert!(events.lock().unwrap().is_empty());
    }

    #[tokio::test]
    async fn keeps_the_code_when_the_password_names_its_owner() {
        let owner = UserRecord { username: "battery".into(), ..user_record() };
        let error = run(&codes(Some(owner)), &hasher(), &clock(), &audit().0, command()).await;
        let expected = ValueError::ContainsOwnName;
        assert!(matches!(error, Err(ResetPasswordError::NewPassword(e)) if e == expected));
    }
}
