use reelmark_domain::{Caller, SessionId};
use thiserror::Error;

use crate::Origin;
use crate::audit::{AuditEvent, AuditKind, AuditRecorder};
use crate::ports::{RepositoryError, SessionRepository};

/// Why a session was not ended.
#[derive(Debug, Error)]
pub enum EndSessionError {
    #[error("the caller has no such session")]
    SessionNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Ends a session of the caller's own, be it the one that the call belongs to.
pub(super) async fn run(
    sessions: &dyn SessionRepository,
    audit: &AuditRecorder,
    caller: Caller,
    session_id: SessionId,
    origin: Origin,
) -> Result<(), EndSessionError> {
    if !sessions.end(caller.user_id.get(), session_id.get()).await? {
        return Err(EndSessionError::SessionNotFound);
    }
    let event = AuditEvent::of(AuditKind::SessionEnded).by(caller.user_id).about_id(caller.user_id);
    audit.record(event.from(&origin)).await;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockSessionRepository;
    use crate::testing::{audit, caller, only_event, origin};
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    async fn end(audit: &AuditRecorder, was_there: bool) -> Result<(), EndSessionError> {
        let mut sessions = MockSessionRepository::new();
        sessions.expect_end().with(eq(7), eq(71)).once().returning(move |_, _| Ok(was_there));
        let session_id = SessionId::parse(71).unwrap();
        run(&sessions, audit, caller(Role::Member), session_id, origin()).await
    }

    #[tokio::test]
    async fn ends_a_session_in_the_callers_name_and_records_it() {
        let (audit, events) = audit();
        assert!(end(&audit, true).await.is_ok());
        let event = only_event(&events);
        assert_eq!(event.kind, "session_ended");
        assert_eq!((event.actor_user_id, event.subject_user_id), (Some(7), Some(7)));
        assert_eq!(event.address.as_deref(), Some("192.0.2.7"));
    }

    #[tokio::test]
    async fn says_when_the_caller_has_no_such_session() {
        let (audit, events) = audit();
        assert!(matches!(end(&audit, false).await, Err(EndSessionError::SessionNotFound)));
        assert!(events.lock().unwrap().is_empty());
    }
}
