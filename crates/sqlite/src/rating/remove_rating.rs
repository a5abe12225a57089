use reelmark_application::messages::RatingChangedV2;
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::outbox::append;

const REMOVE: &str = "
    DELETE FROM ratings WHERE user_id = ?1 AND movie_id = ?2
    RETURNING score, created_at";

pub(crate) fn run(
    connection: &Connection,
    user_id: i64,
    movie_id: i64,
    at: OffsetDateTime,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(REMOVE)?;
    let removed = statement.query_one(params![user_id, movie_id], |row| {
        let (movie, user, new) = (movie_id, user_id, None);
        Ok(RatingChangedV2 { movie, user, old: row.get(0)?, new, given_at_micros: row.get(1)? })
    });
    let Some(removed) = removed.optional()? else {
        return Ok(false);
    };
    append(connection, RatingChangedV2::KIND, &removed, at)?;
    Ok(true)
}
