use std::sync::Arc;

use async_trait::async_trait;

use super::BearerCache;
use crate::ports::{
    AccountRepository, EraseAccount, ErasureOutcome, ReplacePassword, RepositoryError,
};

/// Forgets the bearers of accounts that get another password or are erased.
pub struct ForgettingAccountRepository {
    store: Arc<dyn AccountRepository>,
    cache: Arc<BearerCache>,
}

impl ForgettingAccountRepository {
    pub fn new(store: Arc<dyn AccountRepository>, cache: Arc<BearerCache>) -> Self {
        Self { store, cache }
    }
}

#[async_trait]
impl AccountRepository for ForgettingAccountRepository {
    async fn replace_password(&self, password: ReplacePassword) -> Result<bool, RepositoryError> {
        let _forgetting = self.cache.forgetting(password.user_id);
        self.store.replace_password(password).await
    }

    async fn erase(&self, account: EraseAccount) -> Result<ErasureOutcome, RepositoryError> {
        let _forgetting = self.cache.forgetting(account.user_id);
        self.store.erase(account).await
    }
}
