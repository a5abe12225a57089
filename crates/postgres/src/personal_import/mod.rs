//! Files of ratings that people bring along, and what became of their rows.

mod begin_undo;
mod find_import;
mod hand_on_import;
mod list_import_rows;
mod list_imports;
mod prune_imports;
mod put_import_rows;
mod remove_import;
mod request_import;
mod row;
mod settle_import;
mod start_import;
mod undo_import_rows;

use async_trait::async_trait;
use reelmark_application::ports::{
    ImportClaim, ImportHold, ImportProblem, ImportRowRecord, InsertPersonalImport,
    ListedImportRows, ListedImports, PersonalImportRecord, PersonalImportRepository, PutImportRows,
    RepositoryError, UndoRows,
};
use time::{Duration, OffsetDateTime};

use crate::store::PostgresStore;

/// Keeps the imports in PostgreSQL.
pub struct PostgresPersonalImportRepository {
    store: PostgresStore,
}

impl PostgresPersonalImportRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl PersonalImportRepository for PostgresPersonalImportRepository {
    async fn request(
        &self,
        import: InsertPersonalImport,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError> {
        Ok(request_import::run(&self.store, &import).await?)
    }

    async fn find(
        &self,
        owner_id: i64,
        id: i64,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError> {
        Ok(find_import::run(&self.store, owner_id, id).await?)
    }

    async fn list(
        &self,
        list: ListedImports,
    ) -> Result<Vec<PersonalImportRecord>, RepositoryError> {
        Ok(list_imports::run(&self.store, list).await?)
    }

    async fn count(&self, owner_id: i64) -> Result<u64, RepositoryError> {
        Ok(list_imports::count(&self.store, owner_id).await?)
    }

    async fn list_rows(
        &self,
        list: ListedImportRows,
    ) -> Result<Vec<ImportRowRecord>, RepositoryError> {
        Ok(list_import_rows::run(&self.store, &list).await?)
    }

    async fn start(
        &self,
        id: i64,
        now: OffsetDateTime,
        lease: Duration,
    ) -> Result<ImportClaim, RepositoryError> {
        Ok(start_import::run(&self.store, id, now, lease).await?)
    }

    async fn content(&self, hold: ImportHold) -> Result<Option<Vec<u8>>, RepositoryError> {
        Ok(find_import::content(&self.store, hold).await?)
    }

    async fn put_rows(&self, rows: PutImportRows) -> Result<bool, RepositoryError> {
        Ok(put_import_rows::run(&self.store, &rows).await?)
    }

    async fn finish(&self, hold: ImportHold, at: OffsetDateTime) -> Result<bool, RepositoryError> {
        Ok(settle_import::finish(&self.store, hold, at).await?)
    }

    async fn fail(
        &self,
        hold: ImportHold,
        problem: ImportProblem,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        Ok(settle_import::fail(&self.store, hold, &problem, at).await?)
    }

    async fn hand_on(&self, hold: ImportHold, at: OffsetDateTime) -> Result<bool, RepositoryError> {
        Ok(hand_on_import::run(&self.store, hold, at).await?)
    }

    async fn begin_undo(
        &self,
        owner_id: i64,
        id: i64,
        at: OffsetDateTime,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError> {
        Ok(begin_undo::run(&self.store, owner_id, id, at).await?)
    }

    async fn undo_rows(&self, undo: UndoRows) -> Result<Option<i64>, RepositoryError> {
        Ok(undo_import_rows::run(&self.store, undo).await?)
    }

    async fn remove(&self, owner_id: i64, id: i64) -> Result<bool, RepositoryError> {
        Ok(remove_import::run(&self.store, owner_id, id).await?)
    }

    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        Ok(prune_imports::run(&self.store, before, limit).await?)
    }
}
