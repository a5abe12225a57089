use std::time::Duration;

use reelmark_domain::{FileName, RowOutcome, UserId, Username};
use thiserror::Error;

use super::request_import::insert;
use super::work_off::{Importing, LEASE, work_off};
use super::{ImportRow, PersonalImport};
use crate::ports::{
    Clock, ImportClaim, ListedImportRows, PersonalImportRepository, RepositoryError, UserReader,
};

/// How often to look whether somebody else is done.
const BETWEEN_LOOKS: Duration = Duration::from_millis(250);

/// How many rows of each kind are named.
const MOST_NAMED: usize = 100;

/// An operator imports a file for somebody and waits for it.
#[derive(Clone)]
pub struct ImportAtOnce {
    pub username: Username,
    pub file_name: FileName,
    pub content: Vec<u8>,
    pub dry_run: bool,
}

/// Why nothing was imported.
#[derive(Debug, Error)]
pub enum ImportAtOnceError {
    #[error("there is no such user")]
    UserNotFound,
    #[error("the user has too many imports; they can remove some")]
    TooManyImports,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// The import once it is over, and the first rows that somebody should look at.
pub(super) async fn run(
    importing: &Importing,
    users: &dyn UserReader,
    clock: &dyn Clock,
    command: ImportAtOnce,
) -> Result<(PersonalImport, Vec<ImportRow>), ImportAtOnceError> {
    let ImportAtOnce { username, file_name, content, dry_run } = command;
    let imports = &*importing.imports;
    let user = users.find_by_username(username.key()).await?;
    let user = user.ok_or(ImportAtOnceError::UserNotFound)?;
    let owner = UserId::parse(user.id).map_err(|_| ImportAtOnceError::UserNotFound)?;
    let insert = insert(owner, file_name, content, dry_run, clock);
    let queued = imports.request(insert).await?.ok_or(ImportAtOnceError::TooManyImports)?;
    until_over(importing, clock, queued.id).await?;
    let import = imports.find(user.id, queued.id).await?;
    let import = import.ok_or(ImportAtOnceError::UserNotFound)?;
    let open = open_rows(imports, import.id).await?;
    Ok((PersonalImport::try_from(import)?, open))
}

/// A worker that runs beside may take it first; the outcome is the same.
async fn until_over(
    importing: &Importing,
    clock: &dyn Clock,
    id: i64,
) -> Result<(), RepositoryError> {
    loop {
        match importing.imports.start(id, clock.now(), LEASE).await? {
            ImportClaim::Taken(import) => {
                work_off(importing, clock, *import).await?;
            }
            ImportClaim::Busy => tokio::time::sleep(BETWEEN_LOOKS).await,
            ImportClaim::Over => return Ok(()),
        }
    }
}

async fn open_rows(
    imports: &dyn PersonalImportRepository,
    import_id: i64,
) -> Result<Vec<ImportRow>, RepositoryError> {
    let mut rows = vec![];
    for outcome in [RowOutcome::Ambiguous, RowOutcome::Unmatched, RowOutcome::Invalid] {
        let outcome = Some(outcome.into());
        let list = ListedImportRows { import_id, outcome, after: None, limit: MOST_NAMED };
        for row in imports.list_rows(list).await? {
            rows.push(ImportRow::try_from(row)?);
        }
    }
    rows.sort_by_key(|row| row.number);
    Ok(rows)
}

/// The file is somebody's diary.
impl std::fmt::Debug for ImportAtOnce {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportAtOnce").field("bytes", &self.content.len()).finish_non_exhaustive()
    }
}
