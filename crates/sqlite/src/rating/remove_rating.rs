use reelmark_application::messages::RatingChangedV1;
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::outbox::append;

const REMOVE: &str = "DELETE FROM ratings WHERE user_id = ?1 AND movie_id = ?2 RETURNING score";

pub(crate) fn run(
    connection: &Connection,
    user_id: i64,
    movie_id: i64,
    at: OffsetDateTime,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(REMOVE)?;
    let removed = statement.query_one(params![user_id, movie_id], |row| row.get(0));
    let Some(score) = removed.optional()? else {
        return Ok(false);
    };
    let changed = RatingChangedV1 { movie: movie_id, user: user_id, old: Some(score), new: None };
    append(connection, RatingChangedV1::KIND, &changed, at)?;
    Ok(true)
}
