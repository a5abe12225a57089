//! Accounts.

mod find_credentials;
mod find_user;
mod insert_first_user;
mod insert_user;
pub(crate) mod is_last_admin;
mod replace_password_hash;
pub(crate) mod row;
mod set_role;
mod set_status;
mod update_profile;

use async_trait::async_trait;
use reelmark_application::ports::{
    CredentialsRecord, InsertUser, LoginKey, RepositoryError, RoleOutcome, SetRole, UpdateProfile,
    UserReader, UserRecord, UserRepository,
};

use crate::store::PostgresStore;

/// Keeps the accounts in PostgreSQL.
pub struct PostgresUserRepository {
    store: PostgresStore,
}

/// Reads accounts from PostgreSQL. Its store must be the primary, not a replica that lags behind.
pub struct PostgresUserReader {
    store: PostgresStore,
}

impl PostgresUserRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresUserReader {
    /// Reads them from `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl UserRepository for PostgresUserRepository {
    async fn insert(&self, user: InsertUser) -> Result<UserRecord, RepositoryError> {
        Ok(insert_user::run(&self.store, user).await?)
    }

    async fn insert_first(&self, user: InsertUser) -> Result<Option<UserRecord>, RepositoryError> {
        Ok(insert_first_user::run(&self.store, user).await?)
    }

    async fn update_profile(
        &self,
        profile: UpdateProfile,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        Ok(update_profile::run(&self.store, profile).await?)
    }

    async fn set_role(&self, role: SetRole) -> Result<RoleOutcome, RepositoryError> {
        Ok(set_role::run(&self.store, &role).await?)
    }

    async fn set_status(
        &self,
        username_key: String,
        status: String,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        Ok(set_status::run(&self.store, &username_key, &status).await?)
    }

    async fn replace_password_hash(
        &self,
        id: i64,
        old: String,
        new: String,
    ) -> Result<bool, RepositoryError> {
        Ok(replace_password_hash::run(&self.store, id, &old, &new).await?)
    }
}

#[async_trait]
impl UserReader for PostgresUserReader {
    async fn find(&self, id: i64) -> Result<Option<UserRecord>, RepositoryError> {
        Ok(find_user::by_id(&self.store, id).await?)
    }

    async fn find_by_username(
        &self,
        username_key: String,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        Ok(find_user::by_username(&self.store, &username_key).await?)
    }

    async fn find_credentials(
        &self,
        key: LoginKey,
    ) -> Result<Option<CredentialsRecord>, RepositoryError> {
        Ok(find_credentials::run(&self.store, key).await?)
    }
}
