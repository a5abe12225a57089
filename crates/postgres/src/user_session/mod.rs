//! Sessions of users and their refresh tokens. Whoever changes a session locks its row first and
//! those of its tokens after it, so that two changes wait for each other in one order.

mod end_session;
mod find_bearer;
mod forget_expired;
mod list_sessions;
mod open_session;
mod rotate_token;

use async_trait::async_trait;
use reelmark_application::ports::{
    OpenSession, RepositoryError, RotateToken, RotationOutcome, SessionReader, SessionRecord,
    SessionRepository, UserRecord,
};
use time::OffsetDateTime;

use self::find_bearer::{FindBearer, FindBearers};
use crate::batches::Batches;
use crate::store::PostgresStore;

/// Keeps the sessions in PostgreSQL.
pub struct PostgresSessionRepository {
    store: PostgresStore,
}

/// Reads sessions from PostgreSQL. Its store must be the primary, not a replica that lags behind.
/// Bearers that are asked for at the same time are looked up together.
pub struct PostgresSessionReader {
    store: PostgresStore,
    bearers: Batches<FindBearers>,
}

impl PostgresSessionRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresSessionReader {
    /// Reads them from `store`.
    pub fn new(store: PostgresStore) -> Self {
        let bearers = Batches::new(FindBearers::new(store.clone()), store.runtime().clone());
        Self { store, bearers }
    }
}

#[async_trait]
impl SessionRepository for PostgresSessionRepository {
    async fn open(&self, session: OpenSession) -> Result<Option<i64>, RepositoryError> {
        Ok(open_session::run(&self.store, &session).await?)
    }

    async fn rotate(&self, token: RotateToken) -> Result<RotationOutcome, RepositoryError> {
        Ok(rotate_token::run(&self.store, &token).await?)
    }

    async fn end(&self, user_id: i64, session_id: i64) -> Result<bool, RepositoryError> {
        Ok(end_session::one(&self.store, user_id, session_id).await?)
    }

    async fn end_by_token(&self, token_hash: String) -> Result<Option<i64>, RepositoryError> {
        Ok(end_session::by_token(&self.store, &token_hash).await?)
    }

    async fn end_all(&self, user_id: i64, except: Option<i64>) -> Result<u64, RepositoryError> {
        Ok(end_session::all(&self.store, user_id, except).await?)
    }

    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        Ok(forget_expired::run(&self.store, now, limit).await?)
    }
}

#[async_trait]
impl SessionReader for PostgresSessionReader {
    async fn find_bearer(
        &self,
        user_id: i64,
        session_id: i64,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.bearers.run(FindBearer { user_id, session_id, now }).await
    }

    async fn list_of_user(
        &self,
        user_id: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionRecord>, RepositoryError> {
        Ok(list_sessions::run(&self.store, user_id, now).await?)
    }
}
