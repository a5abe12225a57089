use std::sync::Arc;

use async_trait::async_trait;
use time::OffsetDateTime;

use super::BearerCache;
use crate::ports::{
    AccountCodeRepository, PutAccountCode, RepositoryError, ResetPasswordByCode, UserRecord,
};

/// Forgets the bearers when a password is reset. Whose it was is not told, so all are forgotten,
/// which costs one look-up each.
pub struct ForgettingAccountCodeRepository {
    store: Arc<dyn AccountCodeRepository>,
    cache: Arc<BearerCache>,
}

impl ForgettingAccountCodeRepository {
    pub fn new(store: Arc<dyn AccountCodeRepository>, cache: Arc<BearerCache>) -> Self {
        Self { store, cache }
    }
}

#[async_trait]
impl AccountCodeRepository for ForgettingAccountCodeRepository {
    async fn put(&self, code: PutAccountCode) -> Result<bool, RepositoryError> {
        self.store.put(code).await
    }

    async fn find_owner(
        &self,
        code_hash: String,
        purpose: String,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.find_owner(code_hash, purpose, now).await
    }

    async fn activate(
        &self,
        code_hash: String,
        at: OffsetDateTime,
    ) -> Result<Option<i64>, RepositoryError> {
        self.store.activate(code_hash, at).await
    }

    async fn reset_password(&self, reset: ResetPasswordByCode) -> Result<bool, RepositoryError> {
        let was_reset = self.store.reset_password(reset).await?;
        if was_reset {
            self.cache.forget_all();
        }
        Ok(was_reset)
    }

    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        self.store.forget_expired(now, limit).await
    }
}
