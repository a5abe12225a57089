//! Sessions of users and their refresh tokens.

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

use crate::store::SqliteStore;

/// Keeps the sessions in SQLite.
pub struct SqliteSessionRepository {
    store: SqliteStore,
}

/// Reads sessions from SQLite.
pub struct SqliteSessionReader {
    store: SqliteStore,
}

impl SqliteSessionRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteSessionReader {
    /// Reads them from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl SessionRepository for SqliteSessionRepository {
    async fn open(&self, session: OpenSession) -> Result<Option<i64>, RepositoryError> {
        self.store.write(move |c| open_session::run(c, &session)).await
    }

    async fn rotate(&self, token: RotateToken) -> Result<RotationOutcome, RepositoryError> {
        self.store.write(move |c| rotate_token::run(c, &token)).await
    }

    async fn end(&self, user_id: i64, session_id: i64) -> Result<bool, RepositoryError> {
        self.store.write(move |c| end_session::one(c, user_id, session_id)).await
    }

    async fn end_by_token(&self, token_hash: String) -> Result<Option<i64>, RepositoryError> {
        self.store.write(move |c| end_session::by_token(c, &token_hash)).await
    }

    async fn end_all(&self, user_id: i64, except: Option<i64>) -> Result<u64, RepositoryError> {
        self.store.write(move |c| end_session::all(c, user_id, except)).await
    }

    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        self.store.write(move |c| forget_expired::run(c, now, limit)).await
    }
}

#[async_trait]
impl SessionReader for SqliteSessionReader {
    async fn find_bearer(
        &self,
        user_id: i64,
        session_id: i64,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.read(|c| find_bearer::run(c, user_id, session_id, now))
    }

    async fn list_of_user(
        &self,
        user_id: i64,
        now: OffsetDateTime,
    ) -> Result<Vec<SessionRecord>, RepositoryError> {
        self.store.read(|c| list_sessions::run(c, user_id, now))
    }
}
