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

use crate::store::SqliteStore;

/// Keeps the accounts in SQLite.
pub struct SqliteUserRepository {
    store: SqliteStore,
}

/// Reads accounts from SQLite.
pub struct SqliteUserReader {
    store: SqliteStore,
}

impl SqliteUserRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteUserReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl UserRepository for SqliteUserRepository {
    async fn insert(&self, user: InsertUser) -> Result<UserRecord, RepositoryError> {
        self.store.write(move |c| insert_user::run(c, &user)).await
    }

    async fn insert_first(&self, user: InsertUser) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.write(move |c| insert_first_user::run(c, &user)).await
    }

    async fn update_profile(
        &self,
        profile: UpdateProfile,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.write(move |c| update_profile::run(c, &profile)).await
    }

    async fn set_role(&self, role: SetRole) -> Result<RoleOutcome, RepositoryError> {
        self.store.write(move |c| set_role::run(c, &role)).await
    }

    async fn set_status(
        &self,
        username_key: String,
        status: String,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.write(move |c| set_status::run(c, &username_key, &status)).await
    }

    async fn replace_password_hash(
        &self,
        id: i64,
        old: String,
        new: String,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| replace_password_hash::run(c, id, &old, &new)).await
    }
}

#[async_trait]
impl UserReader for SqliteUserReader {
    async fn find(&self, id: i64) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.read(|c| find_user::by_id(c, id))
    }

    async fn find_by_username(
        &self,
        username_key: String,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.read(|c| find_user::by_username(c, &username_key))
    }

    async fn find_credentials(
        &self,
        key: LoginKey,
    ) -> Result<Option<CredentialsRecord>, RepositoryError> {
        self.store.read(|c| find_credentials::run(c, &key))
    }
}
