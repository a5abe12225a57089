use reelmark_application::ports::{RatingPosition, RatingRecord};
use rusqlite::{Result, Row};

use crate::row::Cells;

/// What sorts before every rating in a list that shows the latest first.
const TOP: RatingPosition = RatingPosition { updated_at_micros: i64::MAX, id: i64::MAX };

pub(crate) fn rating(row: &Row<'_>) -> Result<RatingRecord> {
    next_rating(&mut Cells::of(row))
}

/// Reads `user_id, movie_id, score, review, version, created_at, updated_at`.
pub(crate) fn next_rating(cells: &mut Cells<'_, '_>) -> Result<RatingRecord> {
    Ok(RatingRecord {
        user_id: cells.take()?,
        movie_id: cells.take()?,
        score: cells.take()?,
        review: cells.take()?,
        version: cells.take()?,
        created_at: cells.time()?,
        updated_at: cells.time()?,
    })
}

/// Where a list starts: with a place even on its first page, so that all pages run one statement.
pub(crate) fn start(after: Option<RatingPosition>) -> RatingPosition {
    after.unwrap_or(TOP)
}
