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

use crate::store::PostgresStore;

/// Keeps idempotency keys in PostgreSQL.
pub struct PostgresIdempotencyKeys {
    store: PostgresStore,
}

impl PostgresIdempotencyKeys {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl IdempotencyKeys for PostgresIdempotencyKeys {
    async fn begin(&self, request: BeginKeyed) -> Result<Begun, RepositoryError> {
        Ok(begin_request::run(&self.store, request).await?)
    }

    async fn complete(&self, claim: KeyClaim, answer: StoredAnswer) -> Result<(), RepositoryError> {
        Ok(complete_key::run(&self.store, claim, answer).await?)
    }

    async fn abandon(&self, claim: KeyClaim) -> Result<(), RepositoryError> {
        Ok(abandon_key::run(&self.store, claim).await?)
    }

    async fn sweep(&self, now: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        Ok(sweep_keys::run(&self.store, now, limit).await?)
    }
}
