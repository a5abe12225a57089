use std::sync::Arc;

use async_trait::async_trait;
use reelmark_domain::{Caller, ImportId, Page};

use super::*;
use crate::ports::{Clock, UserReader};

/// The use cases about files of ratings.
pub struct PersonalImportService {
    importing: Importing,
    users: Arc<dyn UserReader>,
    clock: Arc<dyn Clock>,
}

impl PersonalImportService {
    pub fn new(importing: Importing, users: Arc<dyn UserReader>, clock: Arc<dyn Clock>) -> Self {
        Self { importing, users, clock }
    }
}

#[async_trait]
impl PersonalImportUseCases for PersonalImportService {
    async fn request_import(
        &self,
        command: RequestImport,
    ) -> Result<PersonalImport, RequestImportError> {
        request_import::run(&*self.importing.imports, &*self.clock, command).await
    }

    async fn view_import(
        &self,
        caller: Caller,
        id: ImportId,
    ) -> Result<PersonalImport, ViewImportError> {
        view_import::run(&*self.importing.imports, caller, id).await
    }

    async fn list_imports(
        &self,
        query: ListImports,
    ) -> Result<Page<PersonalImport>, ListImportsError> {
        list_imports::run(&*self.importing.imports, query).await
    }

    async fn list_import_rows(
        &self,
        query: ListImportRows,
    ) -> Result<Page<ImportRow>, ListImportRowsError> {
        list_import_rows::run(&*self.importing.imports, query).await
    }

    async fn undo_import(&self, caller: Caller, id: ImportId) -> Result<Undone, UndoImportError> {
        undo_import::run(&*self.importing.imports, &*self.clock, caller, id).await
    }

    async fn remove_import(
        &self,
        caller: Caller,
        id: ImportId,
    ) -> Result<Undone, RemoveImportError> {
        undo_import::remove(&*self.importing.imports, caller, id).await
    }

    async fn import_at_once(
        &self,
        command: ImportAtOnce,
    ) -> Result<(PersonalImport, Vec<ImportRow>), ImportAtOnceError> {
        import_at_once::run(&self.importing, &*self.users, &*self.clock, command).await
    }
}
