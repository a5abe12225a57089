use rusqlite::{Connection, params};

use crate::error::Result;
use crate::row::Json;

const RATED: &str = "
    SELECT movie_id
    FROM ratings
    WHERE user_id = ?1 AND movie_id IN (SELECT value FROM json_each(?2))";

pub(super) fn run(connection: &Connection, user_id: i64, movie_ids: Vec<i64>) -> Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(RATED)?;
    let rated = statement.query_map(params![user_id, Json(movie_ids)], |row| row.get(0))?;
    Ok(rated.collect::<rusqlite::Result<_>>()?)
}
