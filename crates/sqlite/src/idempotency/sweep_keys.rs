use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const SWEEP: &str = "
    DELETE FROM idempotency_keys
    WHERE rowid IN (
        SELECT rowid FROM idempotency_keys
        WHERE kept_until <= ?1
        ORDER BY kept_until
        LIMIT ?2
    )";

pub(super) fn run(connection: &Connection, now: OffsetDateTime, limit: usize) -> Result<usize> {
    Ok(connection.prepare_cached(SWEEP)?.execute(params![Micros(now), limit])?)
}
