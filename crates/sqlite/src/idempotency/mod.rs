//! Idempotency keys.

mod abandon_key;
mod begin_request;
mod complete_key;
mod sweep_keys;

use async_trait::async_trait;
use reelmark_application::ports::{
    BeginKeyed, Begun, IdempotencyKeys, KeyClaim, RepositoryError, StoredAnswer,
};
use time::OffsetDateTime;

use crate::store::SqliteStore;

/// Keeps idempotency keys in SQLite.
pub struct SqliteIdempotencyKeys {
    store: SqliteStore,
}

impl SqliteIdempotencyKeys {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl IdempotencyKeys for SqliteIdempotencyKeys {
    async fn begin(&self, request: BeginKeyed) -> Result<Begun, RepositoryError> {
        self.store.write(move |c| begin_request::run(c, &request)).await
    }

    async fn complete(&self, claim: KeyClaim, answer: StoredAnswer) -> Result<(), RepositoryError> {
        self.store.write(move |c| complete_key::run(c, &claim, &answer)).await
    }

    async fn abandon(&self, claim: KeyClaim) -> Result<(), RepositoryError> {
        self.store.write(move |c| abandon_key::run(c, &claim)).await
    }

    async fn sweep(&self, now: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        self.store.write(move |c| sweep_keys::run(c, now, limit)).await
    }
}
