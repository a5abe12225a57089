use std::sync::Arc;

use async_trait::async_trait;
use time::OffsetDateTime;

use super::BearerCache;
use crate::ports::{OpenSession, RepositoryError, RotateToken, RotationOutcome, SessionRepository};

/// Forgets the bearers of sessions that are ended.
pub struct ForgettingSessionRepository {
    store: Arc<dyn SessionRepository>,
    cache: Arc<BearerCache>,
}

impl ForgettingSessionRepository {
    pub fn new(store: Arc<dyn SessionRepository>, cache: Arc<BearerCache>) -> Self {
        Self { store, cache }
    }
}

#[async_trait]
impl SessionRepository for ForgettingSessionRepository {
    async fn open(&self, session: OpenSession) -> Result<Option<i64>, RepositoryError> {
        self.store.open(session).await
    }

    async fn rotate(&self, token: RotateToken) -> Result<RotationOutcome, RepositoryError> {
        let outcome = self.store.rotate(token).await?;
        if let RotationOutcome::Reused { user_id, .. } = outcome {
            self.cache.forget(user_id);
        }
        Ok(outcome)
    }

    async fn end(&self, user_id: i64, session_id: i64) -> Result<bool, RepositoryError> {
        let _forgetting = self.cache.forgetting(user_id);
        self.store.end(user_id, session_id).await
    }

    async fn end_by_token(&self, token_hash: String) -> Result<Option<i64>, RepositoryError> {
        let user_id = self.store.end_by_token(token_hash).await?;
        if let Some(user_id) = user_id {
            self.cache.forget(user_id);
        }
        Ok(user_id)
    }

    async fn end_all(&self, user_id: i64, except: Option<i64>) -> Result<u64, RepositoryError> {
        let _forgetting = self.cache.forgetting(user_id);
        self.store.end_all(user_id, except).await
    }

    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        self.store.forget_expired(now, limit).await
    }
}
