use reelmark_application::ports::{ListedImports, PersonalImportRecord};
use rusqlite::{Connection, params};

use super::row::{import, import_columns};
use crate::error::Result;

const LIST: &str = concat!(
    "SELECT ",
    import_columns!(),
    "
    FROM personal_imports
    WHERE owner_id = ?1 AND id < ?2
    ORDER BY id DESC
    LIMIT ?3"
);

const COUNT: &str = "SELECT count(*) FROM personal_imports WHERE owner_id = ?1";

pub(super) fn run(
    connection: &Connection,
    list: ListedImports,
) -> Result<Vec<PersonalImportRecord>> {
    let mut statement = connection.prepare_cached(LIST)?;
    let after = list.after.unwrap_or(i64::MAX);
    let imports = statement.query_map(params![list.owner_id, after, list.limit], import)?;
    Ok(imports.collect::<rusqlite::Result<_>>()?)
}

/// How many there are on all pages.
pub(super) fn count(connection: &Connection, owner_id: i64) -> Result<u64> {
    let mut statement = connection.prepare_cached(COUNT)?;
    Ok(statement.query_row([owner_id], |row| row.get(0))?)
}
