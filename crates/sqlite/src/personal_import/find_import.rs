use reelmark_application::ports::{ImportHold, PersonalImportRecord};
use rusqlite::{Connection, OptionalExtension, params};

use super::row::{import, import_columns};
use crate::error::Result;
use crate::row::Micros;

const FIND: &str =
    concat!("SELECT ", import_columns!(), " FROM personal_imports WHERE owner_id = ?1 AND id = ?2");

const CONTENT: &str = "
    SELECT content
    FROM personal_imports
    JOIN personal_import_files ON personal_import_files.import_id = personal_imports.id
    WHERE id = ?1 AND status = 'running' AND claimed_at = ?2";

pub(super) fn run(
    connection: &Connection,
    owner_id: i64,
    id: i64,
) -> Result<Option<PersonalImportRecord>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row([owner_id, id], import).optional()?)
}

/// The file, for whoever has this claim.
pub(super) fn content(connection: &Connection, hold: ImportHold) -> Result<Option<Vec<u8>>> {
    let mut statement = connection.prepare_cached(CONTENT)?;
    let parameters = params![hold.id, Micros(hold.claimed_at)];
    Ok(statement.query_row(parameters, |row| row.get(0)).optional()?)
}
