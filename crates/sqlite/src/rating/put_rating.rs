use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{PutOutcome, PutRating};
use rusqlite::{Connection, Row, params};

use super::row::next_rating;
use crate::error::{Result, is_missing_parent};
use crate::outbox::append;
use crate::row::{Cells, Micros};

/// `RETURNING` gives what the row has become, hence the column that keeps what it was.
const PUT: &str = "
    INSERT INTO ratings (user_id, movie_id, score, review, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?5)
    ON CONFLICT (user_id, movie_id) DO UPDATE SET
        previous_score = ratings.score,
        score = excluded.score,
        review = excluded.review,
        version = ratings.version + 1,
        updated_at = excluded.updated_at
    RETURNING user_id, movie_id, score, review, version, created_at, updated_at, previous_score";

pub(super) fn run(connection: &Connection, request: &PutRating) -> Result<Option<PutOutcome>> {
    let Some(outcome) = put(connection, request)? else {
        return Ok(None);
    };
    if outcome.previous_score != Some(request.score) {
        let changed = RatingChangedV1 {
            movie: request.movie_id,
            user: request.user_id,
            old: outcome.previous_score,
            new: Some(request.score),
        };
        append(connection, RatingChangedV1::KIND, &changed, request.at)?;
    }
    Ok(Some(outcome))
}

fn put(connection: &Connection, request: &PutRating) -> Result<Option<PutOutcome>> {
    let mut statement = connection.prepare_cached(PUT)?;
    let parameters = params![
        request.user_id,
        request.movie_id,
        request.score,
        request.review,
        Micros(request.at),
    ];
    // SQLite may hand out the row before it has checked everything. `query_one` runs the statement
    // to its end, so no late refusal is missed.
    match statement.query_one(parameters, outcome) {
        Err(error) if is_missing_parent(&error) => Ok(None),
        outcome => Ok(Some(outcome?)),
    }
}

fn outcome(row: &Row<'_>) -> rusqlite::Result<PutOutcome> {
    let mut cells = Cells::of(row);
    Ok(PutOutcome { rating: next_rating(&mut cells)?, previous_score: cells.take()? })
}
