use reelmark_application::ports::PersonalImportRecord;
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use super::row::{import, import_columns};
use super::settle_import::forget_file;
use crate::error::Result;
use crate::row::Micros;

const BEGIN: &str = concat!(
    "
    UPDATE personal_imports
    SET status = 'undone', finished_at = coalesce(finished_at, ?3)
    WHERE owner_id = ?1 AND id = ?2
    RETURNING ",
    import_columns!()
);

pub(super) fn run(
    connection: &Connection,
    owner_id: i64,
    id: i64,
    at: OffsetDateTime,
) -> Result<Option<PersonalImportRecord>> {
    let mut statement = connection.prepare_cached(BEGIN)?;
    let begun = statement.query_one(params![owner_id, id, Micros(at)], import).optional()?;
    if let Some(begun) = &begun {
        forget_file(connection, begun.id)?;
    }
    Ok(begun)
}
