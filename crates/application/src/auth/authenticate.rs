use reelmark_domain::{AccountStatus, Caller, User};
use thiserror::Error;

use crate::ports::{Clock, RepositoryError, SessionReader, TokenError, TokenVerifier};

/// Why a caller is not known.
#[derive(Debug, Error)]
pub enum AuthenticateError {
    #[error(transparent)]
    Token(#[from] TokenError),
    /// The token was good, but its session was ended or its account can't be used any more.
    #[error("the session has ended")]
    SessionEnded,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// The session, the account and its role come from the store and not from the token, so that
/// ending, closing or taking them away acts long before the token expires.
pub(super) async fn run(
    sessions: &dyn SessionReader,
    verifier: &dyn TokenVerifier,
    clock: &dyn Clock,
    token: &str,
) -> Result<Caller, AuthenticateError> {
    let bearer = verifier.verify(token)?;
    let (user_id, session_id) = (bearer.user_id.get(), bearer.session_id.get());
    let record = sessions.find_bearer(user_id, session_id, clock.now()).await?;
    let record = record.ok_or(AuthenticateError::SessionEnded)?;
    let user = User::try_from(record).map_err(RepositoryError::from)?;
    if user.status() != AccountStatus::Active {
        return Err(AuthenticateError::SessionEnded);
    }
    Ok(Caller { user_id: user.id(), session_id: bearer.session_id, role: user.role() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Identity, MockSessionReader, MockTokenVerifier, UserRecord};
    use crate::testing::{NOW, caller, clock, user_record};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    fn verifier() -> MockTokenVerifier {
        let Caller { user_id, session_id, .. } = caller(Role::Member);
        let mut verifier = MockTokenVerifier::new();
        verifier.expect_verify().returning(move |_| Ok(Identity { user_id, session_id }));
        verifier
    }

    fn sessions(record: Option<UserRecord>) -> MockSessionReader {
        let mut sessions = MockSessionReader::new();
        sessions
            .expect_find_bearer()
            .with(eq(7), eq(70), eq(NOW))
            .returning(move |_, _, _| Ok(record.clone()));
        sessions
    }

    async fn authenticate(record: Option<UserRecord>) -> Result<Caller, AuthenticateError> {
        run(&sessions(record), &verifier(), &clock(), "token").await
    }

    #[tokio::test]
    async fn takes_the_role_from_the_store_and_the_session_from_the_token() {
        let record = UserRecord { role: "curator".into(), ..user_record() };
        assert_eq!(authenticate(Some(record)).await.unwrap(), caller(Role::Curator));
    }

    #[tokio::test]
    async fn refuses_a_bad_token_without_asking_the_store() {
        let mut verifier = MockTokenVerifier::new();
        verifier.expect_verify().returning(|_| Err(TokenError::Expired));
        let error = run(&MockSessionReader::new(), &verifier, &clock(), "token").await;
        assert!(matches!(error, Err(AuthenticateError::Token(TokenError::Expired))));
    }

    #[tokio::test]
    async fn refuses_the_token_of_a_session_that_has_ended() {
        assert!(matches!(authenticate(None).await, Err(AuthenticateError::SessionEnded)));
    }

    #[tokio::test]
    async fn refuses_whoever_may_not_use_their_account() {
        for status in ["pending", "disabled"] {
            let record = UserRecord { status: status.into(), ..user_record() };
            let error = authenticate(Some(record)).await;
            assert!(matches!(error, Err(AuthenticateError::SessionEnded)), "{status}");
        }
    }
}
