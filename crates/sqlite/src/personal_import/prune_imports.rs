use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const PRUNE: &str = "
    DELETE FROM personal_imports WHERE id IN (
        SELECT id FROM personal_imports
        WHERE created_at < ?1
        ORDER BY created_at
        LIMIT ?2
    )";

pub(super) fn run(connection: &Connection, before: OffsetDateTime, limit: usize) -> Result<usize> {
    let mut statement = connection.prepare_cached(PRUNE)?;
    Ok(statement.execute(params![Micros(before), limit])?)
}
