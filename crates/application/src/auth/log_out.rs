use reelmark_domain::Secret;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{RepositoryError, SessionRepository, stored_user_id};

/// Ends the session that a refresh token belongs to. Without one there is nothing left to do, and
/// nobody learns whether there was.
pub(super) async fn run(
    sessions: &dyn SessionRepository,
    audit: &AuditRecorder,
    token: Secret,
    origin: Origin,
) -> Result<(), RepositoryError> {
    if let Some(owner) = sessions.end_by_token(token.digest()).await? {
        let owner = stored_user_id(owner)?;
        let event = AuditEvent::of(AuditKind::SignedOut).by(owner).about_id(owner);
        audit.record(event.from(&origin)).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockSessionRepository;
    use crate::testing::{audit, only_event, origin, unavailable};
    use mockall::predicate::eq;

    fn token() -> Secret {
        Secret::parse("a refresh token".into()).unwrap()
    }

    #[tokio::test]
    async fn ends_the_session_if_there_is_one_and_records_it() {
        for owner in [Some(7), None] {
            let mut sessions = MockSessionRepository::new();
            let digest = token().digest();
            sessions.expect_end_by_token().with(eq(digest)).once().returning(move |_| Ok(owner));
            let (audit, events) = audit();
            assert!(run(&sessions, &audit, token(), origin()).await.is_ok());
            assert_eq!(events.lock().unwrap().len(), usize::from(owner.is_some()));
            if owner.is_some() {
                let event = only_event(&events);
                assert_eq!(event.kind, "signed_out");
                assert_eq!((event.actor_user_id, event.subject_user_id), (owner, owner));
                assert_eq!(event.address.as_deref(), Some("192.0.2.7"));
            }
        }
    }

    #[tokio::test]
    async fn does_not_say_so_when_the_store_is_down() {
        let mut sessions = MockSessionRepository::new();
        sessions.expect_end_by_token().returning(|_| Err(unavailable()));
        assert!(run(&sessions, &audit().0, token(), origin()).await.is_err());
    }
}
