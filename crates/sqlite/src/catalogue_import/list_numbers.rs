use rusqlite::{Connection, params};

use crate::error::Result;

const LIST: &str = "
    SELECT number, movie_id FROM import_movies
    WHERE set_id = ?1 AND number > ?2
    ORDER BY number
    LIMIT ?3";

pub(super) fn run(
    connection: &Connection,
    set: i64,
    after: i64,
    limit: usize,
) -> Result<Vec<(i64, i64)>> {
    let mut statement = connection.prepare_cached(LIST)?;
    let numbers =
        statement.query_map(params![set, after, limit], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(numbers.collect::<rusqlite::Result<_>>()?)
}
