//! What happens to an account as a whole: its codes, its password, its end.

mod activate;
mod erase;
mod find_code_owner;
mod forget_expired_codes;
mod list_added_movies;
mod list_exported_ratings;
mod list_ratings_by_movie;
mod put_code;
mod replace_password;
mod reset_password;
mod row;
mod use_up_code;

use async_trait::async_trait;
use reelmark_application::ports::{
    AccountCodeRepository, AccountRepository, AddedMovieRecord, EraseAccount, ErasureOutcome,
    ExportReader, ExportedRatingRecord, ListAddedMovies, ListRatings, ListRatingsByMovie,
    PutAccountCode, ReplacePassword, RepositoryError, ResetPasswordByCode, UserRecord,
};
use time::OffsetDateTime;

use crate::session::again_after_deadlock;
use crate::store::PostgresStore;

/// Keeps the codes that people get by mail in PostgreSQL.
pub struct PostgresAccountCodeRepository {
    store: PostgresStore,
}

/// Changes whole accounts in PostgreSQL.
pub struct PostgresAccountRepository {
    store: PostgresStore,
}

/// Reads what is held about a user from PostgreSQL.
pub struct PostgresExportReader {
    store: PostgresStore,
}

impl PostgresAccountCodeRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresAccountRepository {
    /// Changes those in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresExportReader {
    /// Reads from `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl AccountCodeRepository for PostgresAccountCodeRepository {
    async fn put(&self, code: PutAccountCode) -> Result<bool, RepositoryError> {
        Ok(put_code::run(&self.store, &code).await?)
    }

    async fn find_owner(
        &self,
        code_hash: String,
        purpose: String,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        Ok(find_code_owner::run(&self.store, &code_hash, &purpose, now).await?)
    }

    async fn activate(
        &self,
        code_hash: String,
        at: OffsetDateTime,
    ) -> Result<Option<i64>, RepositoryError> {
        Ok(activate::run(&self.store, &code_hash, at).await?)
    }

    async fn reset_password(&self, reset: ResetPasswordByCode) -> Result<bool, RepositoryError> {
        Ok(reset_password::run(&self.store, &reset).await?)
    }

    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        Ok(forget_expired_codes::run(&self.store, now, limit).await?)
    }
}

#[async_trait]
impl AccountRepository for PostgresAccountRepository {
    async fn replace_password(&self, password: ReplacePassword) -> Result<bool, RepositoryError> {
        Ok(replace_password::run(&self.store, &password).await?)
    }

    async fn erase(&self, account: EraseAccount) -> Result<ErasureOutcome, RepositoryError> {
        Ok(again_after_deadlock(|| erase::run(&self.store, &account)).await?)
    }
}

#[async_trait]
impl ExportReader for PostgresExportReader {
    async fn list_ratings(
        &self,
        list: ListRatings,
    ) -> Result<Vec<ExportedRatingRecord>, RepositoryError> {
        Ok(list_exported_ratings::run(&self.store, list).await?)
    }

    async fn list_ratings_by_movie(
        &self,
        list: ListRatingsByMovie,
    ) -> Result<Vec<ExportedRatingRecord>, RepositoryError> {
        Ok(list_ratings_by_movie::run(&self.store, list).await?)
    }

    async fn list_added_movies(
        &self,
        list: ListAddedMovies,
    ) -> Result<Vec<AddedMovieRecord>, RepositoryError> {
        Ok(list_added_movies::run(&self.store, list).await?)
    }
}
