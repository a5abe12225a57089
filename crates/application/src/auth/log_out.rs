use reelmark_domain::Secret;

use crate::ports::{RepositoryError, SessionRepository};

/// Ends the session that a refresh token belongs to. Without one there is nothing left to do, and
/// nobody learns whether there was.
pub(super) async fn run(
    sessions: &dyn SessionRepository,
    token: Secret,
) -> Result<(), RepositoryError> {
    sessions.end_by_token(token.digest()).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockSessionRepository;
    use crate::testing::unavailable;
    use mockall::predicate::eq;

    fn token() -> Secret {
        Secret::parse("a refresh token".into()).unwrap()
    }

    #[tokio::test]
    async fn ends_the_session_if_there_is_one() {
        for was_there in [true, false] {
            let mut sessions = MockSessionRepository::new();
            let digest = token().digest();
            sessions
                .expect_end_by_token()
                .with(eq(digest))
                .once()
                .returning(move |_| Ok(was_there));
            assert!(run(&sessions, token()).await.is_ok());
        }
    }

    #[tokio::test]
    async fn does_not_say_so_when_the_store_is_down() {
        let mut sessions = MockSessionRepository::new();
        sessions.expect_end_by_token().returning(|_| Err(unavailable()));
        assert!(run(&sessions, token()).await.is_err());
    }
}
