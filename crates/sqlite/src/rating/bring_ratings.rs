use reelmark_application::ports::{BroughtOutcome, BroughtRating, HeldRating, Merge};
use rusqlite::Connection;
use time::OffsetDateTime;

use super::held_ratings;
use crate::error::Result;

const MOVIE: &str = "SELECT count(*) FROM movies WHERE id = ?1";

/// What came of a rating that was brought along.
pub(crate) struct Brought {
    pub(crate) outcome: BroughtOutcome,
    /// What was there before.
    pub(crate) before: Option<HeldRating>,
    /// What is there now, if that was stored.
    pub(crate) after: Option<HeldRating>,
}

/// Merges a rating with what is there; `None` when the movie or the user doesn't exist. Without
/// `stores` it only says what would be.
pub(crate) fn run(
    connection: &Connection,
    user_id: i64,
    rating: &BroughtRating,
    at: OffsetDateTime,
    stores: bool,
) -> Result<Option<Brought>> {
    let before = held_ratings::find(connection, user_id, rating.movie_id)?;
    let (next, outcome) = match rating.merge(before.as_ref(), at) {
        Merge::Keep(outcome) => return Ok(Some(Brought { outcome, before, after: None })),
        Merge::Write(next, outcome) => (next, outcome),
    };
    if !stores {
        let movies: i64 =
            connection.prepare_cached(MOVIE)?.query_row([rating.movie_id], |row| row.get(0))?;
        return Ok((movies > 0).then_some(Brought { outcome, before, after: None }));
    }
    let key = (user_id, rating.movie_id);
    let is_stored = held_ratings::write(connection, key, &next, at)?;
    Ok(is_stored.then_some(Brought { outcome, before, after: Some(next) }))
}
