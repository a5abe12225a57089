use reelmark_domain::Secret;
use thiserror::Error;

use super::{AuthPorts, Tokens, identity};
use crate::ports::{RepositoryError, RotateToken, RotationOutcome, TokenIssuerError};

/// Why somebody does not get new tokens.
#[derive(Debug, Error)]
pub enum RefreshError {
    /// The refresh token was never given out, was used before, or its session has ended.
    #[error("the refresh token is invalid")]
    InvalidToken,
    #[error(transparent)]
    Issuer(#[from] TokenIssuerError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(ports: &AuthPorts, token: Secret) -> Result<Tokens, RefreshError> {
    let refresh = ports.secrets.new_secret();
    let rotation = RotateToken {
        token_hash: token.digest(),
        successor_hash: refresh.digest(),
        at: ports.clock.now(),
    };
    match ports.sessions.rotate(rotation).await? {
        RotationOutcome::Rotated { session_id, user_id } => {
            let access = ports.issuer.issue(identity(user_id, session_id)?)?;
            Ok(Tokens { access, refresh })
        }
        RotationOutcome::Reused { session_id, user_id } => {
            log::warn!(user_id, session_id; "a refresh token was used twice, so its session was ended");
            Err(RefreshError::InvalidToken)
        }
        RotationOutcome::Unknown => Err(RefreshError::InvalidToken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::{AuthMocks, REFRESH_TOKEN, access_token};
    use crate::testing::{NOW, unavailable};

    fn secret(text: &str) -> Secret {
        Secret::parse(text.into()).unwrap()
    }

    async fn refresh(outcome: RotationOutcome) -> Result<Tokens, RefreshError> {
        let mut mocks = AuthMocks::new();
        let expected = RotateToken {
            token_hash: secret("old").digest(),
            successor_hash: secret(REFRESH_TOKEN).digest(),
            at: NOW,
        };
        mocks
            .sessions
            .expect_rotate()
            .withf(move |rotation| *rotation == expected)
            .return_once(|_| Ok(outcome));
        run(&mocks.into_ports(), secret("old")).await
    }

    #[tokio::test]
    async fn trades_a_token_for_the_next_pair_of_the_same_session() {
        let outcome = RotationOutcome::Rotated { session_id: 70, user_id: 7 };
        let tokens = refresh(outcome).await.unwrap();
        assert_eq!(tokens, Tokens { access: access_token(7, 70), refresh: secret(REFRESH_TOKEN) });
    }

    #[tokio::test]
    async fn says_the_same_to_a_thief_and_to_whoever_guesses() {
        let reused = RotationOutcome::Reused { session_id: 70, user_id: 7 };
        for outcome in [reused, RotationOutcome::Unknown] {
            assert!(matches!(refresh(outcome).await, Err(RefreshError::InvalidToken)));
        }
    }

    #[tokio::test]
    async fn a_store_that_is_down_makes_no_token_invalid() {
        let mut mocks = AuthMocks::new();
        mocks.sessions.expect_rotate().returning(|_| Err(unavailable()));
        let error = run(&mocks.into_ports(), secret("old")).await;
        assert!(matches!(error, Err(RefreshError::Store(_))));
    }
}
