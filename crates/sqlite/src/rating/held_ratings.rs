use reelmark_application::messages::RatingChangedV2;
use reelmark_application::ports::HeldRating;
use rusqlite::{Connection, OptionalExtension, Row, params};
use time::OffsetDateTime;

use crate::error::{Result, is_missing_parent};
use crate::outbox::append;
use crate::row::{Cells, Micros, micros};

const FIND: &str = "
    SELECT score, review, created_at, updated_at
    FROM ratings
    WHERE user_id = ?1 AND movie_id = ?2";

const WRITE: &str = "
    INSERT INTO ratings (user_id, movie_id, score, review, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (user_id, movie_id) DO UPDATE SET
        previous_score = ratings.score,
        score = excluded.score,
        review = excluded.review,
        version = ratings.version + 1,
        created_at = excluded.created_at,
        updated_at = excluded.updated_at
    RETURNING previous_score";

/// What a user has said about a movie.
pub(crate) fn find(
    connection: &Connection,
    user_id: i64,
    movie_id: i64,
) -> Result<Option<HeldRating>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row([user_id, movie_id], held).optional()?)
}

/// Stores it as it is, times included, with the message about it. Returns whether the movie and the
/// user exist.
pub(crate) fn write(
    connection: &Connection,
    (user_id, movie_id): (i64, i64),
    rating: &HeldRating,
    at: OffsetDateTime,
) -> Result<bool> {
    let mut statement = connection.prepare_cached(WRITE)?;
    let HeldRating { score, review, created_at, updated_at } = rating;
    let times = (Micros(*created_at), Micros(*updated_at));
    let parameters = params![user_id, movie_id, score, review, times.0, times.1];
    let old: Option<i16> = match statement.query_one(parameters, |row| row.get(0)) {
        Err(error) if is_missing_parent(&error) => return Ok(false),
        previous => previous?,
    };
    if old != Some(*score) {
        let given_at_micros = micros(*created_at);
        let new = Some(*score);
        let changed = RatingChangedV2 { movie: movie_id, user: user_id, old, new, given_at_micros };
        append(connection, RatingChangedV2::KIND, &changed, at)?;
    }
    Ok(true)
}

fn held(row: &Row<'_>) -> rusqlite::Result<HeldRating> {
    let mut cells = Cells::of(row);
    Ok(HeldRating {
        score: cells.take()?,
        review: cells.take()?,
        created_at: cells.time()?,
        updated_at: cells.time()?,
    })
}
