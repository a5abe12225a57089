use reelmark_application::ports::{
    HeldRating, ImportCounts, ImportHold, PutImportRow, PutImportRows,
};
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::rating::bring_ratings::{self, Brought};
use crate::row::Micros;

const RENEW: &str = "
    UPDATE personal_imports
    SET renewed_at = ?3, format = ?4
    WHERE id = ?1 AND status = 'running' AND claimed_at = ?2
    RETURNING owner_id, dry_run";

const PUT_ROW: &str = "
    INSERT INTO personal_import_rows (
        import_id, number, place, outcome, title, release_year, score, movie_id, confidence,
        candidates, reason, written_review, written_at, previous_score, previous_review,
        previous_created_at, previous_updated_at
    )
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";

const COUNT: &str = "
    UPDATE personal_imports
    SET imported = imported + ?2, unchanged = unchanged + ?3, ambiguous = ambiguous + ?4,
        unmatched = unmatched + ?5, invalid = invalid + ?6, skipped = skipped + ?7
    WHERE id = ?1";

pub(super) fn run(connection: &Connection, request: &PutImportRows) -> Result<bool> {
    let Some((owner_id, is_dry)) = renew(connection, request)? else {
        return Ok(false);
    };
    let ImportHold { id, .. } = request.hold;
    let mut counts = ImportCounts::default();
    for row in &request.rows {
        let bring = |rating| bring_ratings::run(connection, owner_id, rating, request.now, !is_dry);
        let brought = row.rating().map(bring).transpose()?.flatten();
        let outcome = put_row(connection, id, row, brought)?;
        counts.add(&outcome);
    }
    count(connection, id, &counts)?;
    Ok(true)
}

/// Whose import it is and whether it is a dry run, provided the claim holds.
fn renew(connection: &Connection, request: &PutImportRows) -> Result<Option<(i64, bool)>> {
    let PutImportRows { hold, format, now, .. } = request;
    let mut statement = connection.prepare_cached(RENEW)?;
    let parameters = params![hold.id, Micros(hold.claimed_at), Micros(*now), format];
    Ok(statement.query_one(parameters, |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
}

/// Stores a row and returns its outcome.
fn put_row(
    connection: &Connection,
    import_id: i64,
    row: &PutImportRow,
    brought: Option<Brought>,
) -> Result<String> {
    let settled = row.settled(brought.as_ref().map(|brought| brought.outcome));
    let written = brought.as_ref().and_then(|brought| brought.after.as_ref());
    let previous = written.and_then(|_| brought.as_ref()?.before.as_ref());
    let time = |of: Option<&HeldRating>, at: fn(&HeldRating) -> OffsetDateTime| {
        of.map(|held| Micros(at(held)))
    };
    let review = |of: Option<&HeldRating>| of.and_then(|held| held.review.clone());
    connection.prepare_cached(PUT_ROW)?.execute(params![
        import_id,
        row.number,
        row.place,
        settled.outcome,
        row.title,
        row.release_year,
        row.score,
        settled.movie_id,
        settled.confidence,
        settled.candidates,
        settled.reason,
        review(written),
        time(written, |held| held.updated_at),
        previous.map(|held| held.score),
        review(previous),
        time(previous, |held| held.created_at),
        time(previous, |held| held.updated_at),
    ])?;
    Ok(settled.outcome.to_owned())
}

fn count(connection: &Connection, id: i64, counts: &ImportCounts) -> Result<()> {
    let ImportCounts { imported, unchanged, ambiguous, unmatched, invalid, skipped } = counts;
    let parameters = params![id, imported, unchanged, ambiguous, unmatched, invalid, skipped];
    connection.prepare_cached(COUNT)?.execute(parameters)?;
    Ok(())
}
