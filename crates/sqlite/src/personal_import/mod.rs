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

use crate::store::SqliteStore;

/// Keeps the imports in SQLite.
pub struct SqlitePersonalImportRepository {
    store: SqliteStore,
}

impl SqlitePersonalImportRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl PersonalImportRepository for SqlitePersonalImportRepository {
    async fn request(
        &self,
        import: InsertPersonalImport,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError> {
        self.store.write(move |c| request_import::run(c, &import)).await
    }

    async fn find(
        &self,
        owner_id: i64,
        id: i64,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError> {
        self.store.read(|c| find_import::run(c, owner_id, id))
    }

    async fn list(
        &self,
        list: ListedImports,
    ) -> Result<Vec<PersonalImportRecord>, RepositoryError> {
        self.store.read_long(move |c| list_imports::run(c, list)).await
    }

    async fn count(&self, owner_id: i64) -> Result<u64, RepositoryError> {
        self.store.read_long(move |c| list_imports::count(c, owner_id)).await
    }

    async fn list_rows(
        &self,
        list: ListedImportRows,
    ) -> Result<Vec<ImportRowRecord>, RepositoryError> {
        self.store.read_long(move |c| list_import_rows::run(c, &list)).await
    }

    async fn start(
        &self,
        id: i64,
        now: OffsetDateTime,
        lease: Duration,
    ) -> Result<ImportClaim, RepositoryError> {
        self.store.write(move |c| start_import::run(c, id, now, lease)).await
    }

    async fn content(&self, hold: ImportHold) -> Result<Option<Vec<u8>>, RepositoryError> {
        self.store.read_long(move |c| find_import::content(c, hold)).await
    }

    async fn put_rows(&self, rows: PutImportRows) -> Result<bool, RepositoryError> {
        self.store.write(move |c| put_import_rows::run(c, &rows)).await
    }

    async fn finish(&self, hold: ImportHold, at: OffsetDateTime) -> Result<bool, RepositoryError> {
        self.store.write(move |c| settle_import::finish(c, hold, at)).await
    }

    async fn fail(
        &self,
        hold: ImportHold,
        problem: ImportProblem,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| settle_import::fail(c, hold, &problem, at)).await
    }

    async fn hand_on(&self, hold: ImportHold, at: OffsetDateTime) -> Result<bool, RepositoryError> {
        self.store.write(move |c| hand_on_import::run(c, hold, at)).await
    }

    async fn begin_undo(
        &self,
        owner_id: i64,
        id: i64,
        at: OffsetDateTime,
    ) -> Result<Option<PersonalImportRecord>, RepositoryError> {
        self.store.write(move |c| begin_undo::run(c, owner_id, id, at)).await
    }

    async fn undo_rows(&self, undo: UndoRows) -> Result<Option<i64>, RepositoryError> {
        self.store.write(move |c| undo_import_rows::run(c, undo)).await
    }

    async fn remove(&self, owner_id: i64, id: i64) -> Result<bool, RepositoryError> {
        self.store.write(move |c| remove_import::run(c, owner_id, id)).await
    }

    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        self.store.write(move |c| prune_imports::run(c, before, limit)).await
    }
}
