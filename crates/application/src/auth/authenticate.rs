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
    let record = users.find(user_id.get()).await?.ok_or(AuthenticateError::AccountGone)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    Ok(Caller { user_id: user.id(), role: user.role() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockTokenVerifier, MockUserReader, UserRecord};
    use crate::testing::user_record;
    use reelmark_domain::{Role, UserId};

    fn verifier(result: Result<i64, TokenError>) -> MockTokenVerifier {
        let mut verifier = MockTokenVerifier::new();
        verifier.expect_verify().returning(move |_| result.map(|id| UserId::parse(id).unwrap()));
        verifier
    }

    fn users(record: Option<UserRecord>) -> MockUserReader {
        let mut users = MockUserReader::new();
        users.expect_find().returning(move |_| Ok(record.clone()));
        users
    }

    #[tokio::test]
    async fn takes_the_role_from_the_store() {
        let record = UserRecord { role: "curator".into(), ..user_record() };
        let caller = run(&users(Some(record)), &verifier(Ok(7)), "token").await.unwrap();
        assert_eq!(caller.role, Role::Curator);
    }

    #[tokio::test]
    async fn refuses_a_bad_token_without_asking_the_store() {
        let error = run(&MockUserReader::new(), &verifier(Err(TokenError::Expired)), "token").await;
        assert!(matches!(error, Err(AuthenticateError::Token(TokenError::Expired))));
    }

    #[tokio::test]
    async fn refuses_the_token_of_an_erased_account() {
        let error = run(&users(None), &verifier(Ok(7)), "token").await;
        assert!(matches!(error, Err(AuthenticateError::AccountGone)));
    }
}
