use async_trait::async_trait;
use reelmark_domain::{Caller, ImportId, Page};

use super::*;

/// What can be done with files of ratings.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait PersonalImportUseCases: Send + Sync {
    /// Takes a file, which is imported in the background.
    async fn request_import(
        &self,
        command: RequestImport,
    ) -> Result<PersonalImport, RequestImportError>;

    /// One of the caller's imports, as far as it is.
    async fn view_import(
        &self,
        caller: Caller,
        id: ImportId,
    ) -> Result<PersonalImport, ViewImportError>;

    /// A page of the caller's imports, newest first.
    async fn list_imports(
        &self,
        query: ListImports,
    ) -> Result<Page<PersonalImport>, ListImportsError>;

    /// A page of what became of the rows of an import, in the order of the file.
    async fn list_import_rows(
        &self,
        query: ListImportRows,
    ) -> Result<Page<ImportRow>, ListImportRowsError>;

    /// Takes back what an import did, and stops it when it is under way.
    async fn undo_import(&self, caller: Caller, id: ImportId) -> Result<Undone, UndoImportError>;

    /// Removes what is kept about an import, and leaves the ratings.
    async fn remove_import(
        &self,
        caller: Caller,
        id: ImportId,
    ) -> Result<Undone, RemoveImportError>;

    /// Imports a file for somebody and returns when that is over, with the first rows that somebody
    /// should look at.
    async fn import_at_once(
        &self,
        command: ImportAtOnce,
    ) -> Result<(PersonalImport, Vec<ImportRow>), ImportAtOnceError>;
}
