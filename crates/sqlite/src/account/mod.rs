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

use crate::store::SqliteStore;

/// Keeps the codes that people get by mail in SQLite.
pub struct SqliteAccountCodeRepository {
    store: SqliteStore,
}

/// Changes whole accounts in SQLite.
pub struct SqliteAccountRepository {
    store: SqliteStore,
}

/// Reads what is held about a user from SQLite.
pub struct SqliteExportReader {
    store: SqliteStore,
}

impl SqliteAccountCodeRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteAccountRepository {
    /// Changes those in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteExportReader {
    /// Reads from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl AccountCodeRepository for SqliteAccountCodeRepository {
    async fn put(&self, code: PutAccountCode) -> Result<bool, RepositoryError> {
        self.store.write(move |c| put_code::run(c, &code)).await
    }

    async fn find_owner(
        &self,
        code_hash: String,
        purpose: String,
        now: OffsetDateTime,
    ) -> Result<Option<UserRecord>, RepositoryError> {
        self.store.read(|c| find_code_owner::run(c, &code_hash, &purpose, now))
    }

    async fn activate(
        &self,
        code_hash: String,
        at: OffsetDateTime,
    ) -> Result<Option<i64>, RepositoryError> {
        self.store.write(move |c| activate::run(c, &code_hash, at)).await
    }

    async fn reset_password(&self, reset: ResetPasswordByCode) -> Result<bool, RepositoryError> {
        self.store.write(move |c| reset_password::run(c, &reset)).await
    }

    async fn forget_expired(
        &self,
        now: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        self.store.write(move |c| forget_expired_codes::run(c, now, limit)).await
    }
}

#[async_trait]
impl AccountRepository for SqliteAccountRepository {
    async fn replace_password(&self, password: ReplacePassword) -> Result<bool, RepositoryError> {
        self.store.write(move |c| replace_password::run(c, &password)).await
    }

    async fn erase(&self, account: EraseAccount) -> Result<ErasureOutcome, RepositoryError> {
        self.store.write(move |c| erase::run(c, &account)).await
    }
}

#[async_trait]
impl ExportReader for SqliteExportReader {
    async fn list_ratings(
        &self,
        list: ListRatings,
    ) -> Result<Vec<ExportedRatingRecord>, RepositoryError> {
        self.store.read_long(move |c| list_exported_ratings::run(c, list)).await
    }

    async fn list_ratings_by_movie(
        &self,
        list: ListRatingsByMovie,
    ) -> Result<Vec<ExportedRatingRecord>, RepositoryError> {
        self.store.read_long(move |c| list_ratings_by_movie::run(c, list)).await
    }

    async fn list_added_movies(
        &self,
        list: ListAddedMovies,
    ) -> Result<Vec<AddedMovieRecord>, RepositoryError> {
        self.store.read_long(move |c| list_added_movies::run(c, list)).await
    }
}
