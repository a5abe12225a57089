use reelmark_domain::{CodePurpose, PlainPassword, Secret, User, ValueError};
use thiserror::Error;

use crate::ports::{
    AccountCodeRepository, Clock, PasswordHasher, PasswordHasherError, RepositoryError,
    ResetPasswordByCode,
};

/// Somebody sets a new password by a code that they got by mail.
#[derive(Clone, Debug)]
pub struct ResetPassword {
    pub code: Secret,
    pub new_password: PlainPassword,
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
    match codes.reset_password(reset).await? {
        true => Ok(()),
        false => Err(ResetPasswordError::InvalidCode),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockAccountCodeRepository, MockPasswordHasher, UserRecord};
    use crate::testing::{NOW, clock, password, user_record};

    fn command() -> ResetPassword {
        ResetPassword { code: Secret::parse("code".into()).unwrap(), new_password: password() }
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
    async fn stores_the_hash_of_the_new_password() {
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
        run(&codes, &hasher(), &clock(), command()).await.unwrap();
    }

    #[tokio::test]
    async fn spends_no_hash_on_a_code_that_is_no_good() {
        let error = run(&codes(None), &MockPasswordHasher::new(), &clock(), command()).await;
        assert!(matches!(error, Err(ResetPasswordError::InvalidCode)));
    }

    #[tokio::test]
    async fn of_two_who_use_a_code_at_once_the_slower_one_is_told() {
        let mut codes = codes(Some(user_record()));
        codes.expect_reset_password().returning(|_| Ok(false));
        let error = run(&codes, &hasher(), &clock(), command()).await;
        assert!(matches!(error, Err(ResetPasswordError::InvalidCode)));
    }

    #[tokio::test]
    async fn keeps_the_code_when_the_password_names_its_owner() {
        let owner = UserRecord { username: "battery".into(), ..user_record() };
        let error = run(&codes(Some(owner)), &hasher(), &clock(), command()).await;
        let expected = ValueError::ContainsOwnName;
        assert!(matches!(error, Err(ResetPasswordError::NewPassword(e)) if e == expected));
    }
}
