use std::sync::Arc;

use async_trait::async_trait;
use time::OffsetDateTime;

use super::BearerCache;
use crate::ports::{RepositoryError, SessionReader, SessionRecord, UserRecord};

/// Remembers bearers for [`LIFETIME`](super::LIFETIME); lists come from the store.
pub struct CachedSessionReader {
    store: Arc<dyn SessionReader>,
    cache: Arc<BearerCache>,
}

impl CachedSessionReader {
    pub fn new(store: Arc<dyn SessionReader>, cache: Arc<BearerCache>) -> Self {
        Self { store, cache }
    }
}

#[async_trait]
impl SessionReader for CachedSessionReader {
    async fn find_bearer(
        &self,
        user_id: i64,
        session_id: i64,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        let look = async { self.store.find_bearer(user_id, session_id, now).await };
        self.cache.find((user_id, session_id), now, look).await
    }

    async fn list_of_user(
        &self,
        user_id: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionRecord>, RepositoryError> {
        self.store.list_of_user(user_id, now).await
    }
}
