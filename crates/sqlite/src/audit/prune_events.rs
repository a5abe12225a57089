use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const PRUNE: &str = "
    DELETE FROM audit_events
    WHERE id IN (
        SELECT id_key FROM audit_events
        WHERE at < ?1
        ORDER BY at, id_key
        LIMIT ?2
    )";

pub(super) fn run(connection: &Connection, before: OffsetDateTime, limit: usize) -> Result<usize> {
    Ok(connection.prepare_cached(PRUNE)?.execute(params![Micros(before), limit])?)
}
