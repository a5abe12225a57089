use reelmark_application::ports::{ImportHold, PersonalImportRecord};

use super::row::{import, import_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const FIND: &str =
    concat!("SELECT ", import_columns!(), " FROM personal_imports WHERE owner_id = $1 AND id = $2");

const CONTENT: &str = "
    SELECT content
    FROM personal_imports
    JOIN personal_import_files ON personal_import_files.import_id = personal_imports.id
    WHERE id = $1 AND status = 'running' AND claimed_at = $2";

pub(super) async fn run(
    store: &PostgresStore,
    owner_id: i64,
    id: i64,
) -> Result<Option<PersonalImportRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(FIND, &[&owner_id, &id]).await?;
    found.as_ref().map(import).transpose()
}

/// The file, for whoever has this claim.
pub(super) async fn content(store: &PostgresStore, hold: ImportHold) -> Result<Option<Vec<u8>>> {
    let session = store.session().await?;
    let found = session.query_opt(CONTENT, &[&hold.id, &hold.claimed_at]).await?;
    found.map(|row| Ok(row.try_get("content")?)).transpose()
}
