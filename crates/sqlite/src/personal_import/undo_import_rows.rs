use reelmark_application::ports::{HeldRating, UndoCounts, UndoRows, WrittenRating};
use rusqlite::{Connection, OptionalExtension, Row, params};
use time::OffsetDateTime;

use super::row::next_time;
use crate::error::Result;
use crate::rating::{held_ratings, remove_rating};
use crate::row::Cells;

const OWNER: &str = "SELECT owner_id FROM personal_imports WHERE id = ?1 AND status = 'undone'";

const WRITTEN: &str = "
    SELECT number, movie_id, score, written_review, written_at, previous_score, previous_review,
        previous_created_at, previous_updated_at
    FROM personal_import_rows
    WHERE import_id = ?1 AND number < ?2 AND written_at IS NOT NULL AND NOT is_taken_back
    ORDER BY number DESC
    LIMIT ?3";

const MARK: &str = "
    UPDATE personal_import_rows SET is_taken_back = 1 WHERE import_id = ?1 AND number = ?2";

const COUNT: &str = "
    UPDATE personal_imports SET reverted = reverted + ?2, kept = kept + ?3 WHERE id = ?1";

pub(super) fn run(connection: &Connection, undo: UndoRows) -> Result<Option<i64>> {
    let mut owner = connection.prepare_cached(OWNER)?;
    let owner = owner.query_row([undo.import_id], |row| row.get(0)).optional()?;
    let Some(owner_id) = owner else {
        return Ok(None);
    };
    let rows = written(connection, undo)?;
    let mut undone = UndoCounts::default();
    for (number, rating) in &rows {
        match take_back(connection, owner_id, rating, undo.at)? {
            true => undone.reverted += 1,
            false => undone.kept += 1,
        }
        connection.prepare_cached(MARK)?.execute([undo.import_id, *number])?;
    }
    let counted = params![undo.import_id, undone.reverted, undone.kept];
    connection.prepare_cached(COUNT)?.execute(counted)?;
    Ok(rows.last().map(|(number, _)| *number))
}

/// Returns whether the rating still was as it was written.
fn take_back(
    connection: &Connection,
    owner_id: i64,
    rating: &WrittenRating,
    at: OffsetDateTime,
) -> Result<bool> {
    let here = held_ratings::find(connection, owner_id, rating.movie_id)?;
    if !rating.is_untouched(here.as_ref()) {
        return Ok(false);
    }
    match &rating.previous {
        Some(previous) => {
            held_ratings::write(connection, (owner_id, rating.movie_id), previous, at)
        }
        None => remove_rating::run(connection, owner_id, rating.movie_id, at),
    }
}

fn written(connection: &Connection, undo: UndoRows) -> Result<Vec<(i64, WrittenRating)>> {
    let mut statement = connection.prepare_cached(WRITTEN)?;
    let before = undo.before.unwrap_or(i64::MAX);
    let rows = statement.query_map(params![undo.import_id, before, undo.limit], rating)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn rating(row: &Row<'_>) -> rusqlite::Result<(i64, WrittenRating)> {
    let mut cells = Cells::of(row);
    let number = cells.take()?;
    let rating = WrittenRating {
        movie_id: cells.take()?,
        score: cells.take()?,
        review: cells.take()?,
        updated_at: cells.time()?,
        previous: next_previous(&mut cells)?,
    };
    Ok((number, rating))
}

fn next_previous(cells: &mut Cells<'_, '_>) -> rusqlite::Result<Option<HeldRating>> {
    let (score, review): (Option<i16>, _) = (cells.take()?, cells.take()?);
    let times = next_time(cells)?.zip(next_time(cells)?);
    Ok(score.zip(times).map(|(score, (created_at, updated_at))| HeldRating {
        score,
        review,
        created_at,
        updated_at,
    }))
}
