use std::sync::Arc;

use async_trait::async_trait;

use super::BearerCache;
use crate::ports::{
    InsertUser, RepositoryError, RoleOutcome, SetRole, UpdateProfile, UserRecord, UserRepository,
};

/// Forgets the bearers of users who are changed.
pub struct ForgettingUserRepository {
    store: Arc<dyn UserRepository>,
    cache: Arc<BearerCache>,
}

impl ForgettingUserRepository {
    pub fn new(store: Arc<dyn UserRepository>, cache: Arc<BearerCache>) -> Self {
        Self { store, cache }
    }
}

#[async_trait]
impl UserRepository for ForgettingUserRepository {
    async fn insert(&self, user: InsertUser) -> Result<UserRecord, RepositoryError> {
        self.store.insert(user).await
    }

    async fn insert_first(&self, user: InsertUser) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.insert_first(user).await
    }

    async fn update_profile(
        &self,
        profile: UpdateProfile,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        let _forgetting = self.cache.forgetting(profile.id);
        self.store.update_profile(profile).await
    }

    async fn set_role(&self, role: SetRole) -> Result<RoleOutcome, RepositoryError> {
        let outcome = self.store.set_role(role).await?;
        if let RoleOutcome::Given(user) = &outcome {
            self.cache.forget(user.id);
        }
        Ok(outcome)
    }

    async fn set_status(
        &self,
        username_key: String,
        status: String,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        let changed = self.store.set_status(username_key, status).await?;
        if let Some(user) = &changed {
            self.cache.forget(user.id);
        }
        Ok(changed)
    }

    async fn replace_password_hash(
        &self,
        id: i64,
        old: String,
        new: String,
    ) -> Result<bool, RepositoryError> {
        self.store.replace_password_hash(id, old, new).await
    }
}
