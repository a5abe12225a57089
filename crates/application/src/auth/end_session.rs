use reelmark_domain::{Caller, SessionId};
use thiserror::Error;

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
    caller: Caller,
    session_id: SessionId,
) -> Result<(), EndSessionError> {
    match sessions.end(caller.user_id.get(), session_id.get()).await? {
        true => Ok(()),
        false => Err(EndSessionError::SessionNotFound),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockSessionRepository;
    use crate::testing::caller;
    use mockall::predicate::eq;
    use reelmark_domain::Role;

    async fn end(was_there: bool) -> Result<(), EndSessionError> {
        let mut sessions = MockSessionRepository::new();
        sessions.expect_end().with(eq(7), eq(71)).once().returning(move |_, _| Ok(was_there));
        run(&sessions, caller(Role::Member), SessionId::parse(71).unwrap()).await
    }

    #[tokio::test]
    async fn ends_a_session_in_the_callers_name() {
        assert!(end(true).await.is_ok());
    }

    #[tokio::test]
    async fn says_when_the_caller_has_no_such_session() {
        assert!(matches!(end(false).await, Err(EndSessionError::SessionNotFound)));
    }
}
