use reelmark_application::ports::RatingRecord;
use rusqlite::{Connection, OptionalExtension};

use super::row::rating;
use crate::error::Result;

const FIND: &str = "
    SELECT user_id, movie_id, score, review, version, created_at, updated_at
    FROM ratings
    WHERE user_id = ?1 AND movie_id = ?2";

pub(super) fn run(
    connection: &Connection,
    user_id: i64,
    movie_id: i64,
) -> Result<Option<RatingRecord>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row([user_id, movie_id], rating).optional()?)
}
