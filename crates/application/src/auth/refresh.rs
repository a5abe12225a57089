use reelmark_domain::Secret;
use thiserror::Error;

use super::{AuthPorts, Tokens, identity};
use crate::Origin;
use crate::audit::{AuditEvent, AuditKind};
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

/// The event of a reuse names its account by the id, which is all that trading in tells of it.
pub(super) async fn run(
    ports: &AuthPorts,
    token: Secret,
    origin: Origin,
) -> Result<Tokens, RefreshError> {
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
            let owner = identity(user_id, session_id)?.user_id;
            let event = AuditEvent::of(AuditKind::TokenReuseDetected).about_id(owner);
            ports.audit.record(event.from(&origin)).await;
            Err(RefreshError::InvalidToken)
        }
        RotationOutcome::Unknown => Err(RefreshError::InvalidToken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::auth::testing::{AuthMocks, REFRESH_TOKEN, access_token};
    use crate::testing::{NOW, audit, only_event, origin, unavailable};
    use std::sync::Arc;

    fn secret(text: &str) -> Secret {
        Secret::parse(text.into()).unwrap()
    }

    fn mocks(outcome: RotationOutcome) -> AuthMocks {
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
        mocks
    }

    async fn refresh(outcome: RotationOutcome) -> Result<Tokens, RefreshError> {
        run(&mocks(outcome).into_ports(), secret("old"), origin()).await
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
    async fn records_a_theft_and_nothing_else() {
        for (outcome, is_theft) in [
            (RotationOutcome::Reused { session_id: 70, user_id: 7 }, true),
            (RotationOutcome::Rotated { session_id: 70, user_id: 7 }, false),
            (RotationOutcome::Unknown, false),
        ] {
            let (audit, events) = audit();
            let ports = AuthPorts { audit: Arc::new(audit), ..mocks(outcome).into_ports() };
            let _ = run(&ports, secret("old"), origin()).await;
            assert_eq!(events.lock().unwrap().len(), usize::from(is_theft));
            if is_theft {
                let event = only_event(&events);
                assert_eq!(event.kind, "token_reuse_detected");
                assert_eq!((event.actor_user_id, event.subject_user_id), (None, Some(7)));
                assert_eq!(event.address.as_deref(), Some("192.0.2.7"));
            }
        }
    }

    #[tokio::test]
    async fn a_store_that_is_down_makes_no_token_invalid() {
        let mut mocks = AuthMocks::new();
        mocks.sessions.expect_rotate().returning(|_| Err(unavailable()));
        let error = run(&mocks.into_ports(), secret("old"), origin()).await;
        assert!(matches!(error, Err(RefreshError::Store(_))));
    }
}
