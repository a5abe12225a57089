use rusqlite::Connection;

use crate::error::Result;
use crate::row::Json;

const REMOVE: &str = "
    DELETE FROM dead_letters
    WHERE id IN (SELECT value FROM json_each(?1))
    RETURNING id";

pub(super) fn run(connection: &Connection, ids: &[i64]) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(REMOVE)?;
    let removed = statement.query_map([Json(ids)], |row| row.get(0))?;
    let mut removed: Vec<i64> = removed.collect::<rusqlite::Result<_>>()?;
    removed.sort_unstable();
    Ok(removed)
}
