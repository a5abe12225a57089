use reelmark_application::ports::{
    ImportCounts, ImportProblem, ImportRowRecord, PersonalImportRecord, UndoCounts,
};
use rusqlite::{Result, Row};
use time::OffsetDateTime;

use crate::row::{Cells, Micros};

/// The columns that [`import`] reads, of `personal_imports`.
macro_rules! import_columns {
    () => {
        "id, owner_id, status, dry_run, file_name, format, imported, unchanged, ambiguous,
            unmatched, invalid, skipped, created_at, claimed_at, finished_at, problem_code,
            problem_message, reverted, kept"
    };
}
pub(super) use import_columns;

pub(super) fn import(row: &Row<'_>) -> Result<PersonalImportRecord> {
    let mut cells = Cells::of(row);
    Ok(PersonalImportRecord {
        id: cells.take()?,
        owner_id: cells.take()?,
        status: cells.take()?,
        dry_run: cells.take()?,
        file_name: cells.take()?,
        format: cells.take()?,
        counts: next_counts(&mut cells)?,
        created_at: cells.time()?,
        claimed_at: next_time(&mut cells)?,
        finished_at: next_time(&mut cells)?,
        problem: next_problem(&mut cells)?,
        undone: UndoCounts { reverted: cells.take()?, kept: cells.take()? },
    })
}

fn next_counts(cells: &mut Cells<'_, '_>) -> Result<ImportCounts> {
    Ok(ImportCounts {
        imported: cells.take()?,
        unchanged: cells.take()?,
        ambiguous: cells.take()?,
        unmatched: cells.take()?,
        invalid: cells.take()?,
        skipped: cells.take()?,
    })
}

fn next_problem(cells: &mut Cells<'_, '_>) -> Result<Option<ImportProblem>> {
    let (code, message): (Option<String>, Option<String>) = (cells.take()?, cells.take()?);
    Ok(code.zip(message).map(|(code, message)| ImportProblem { code, message }))
}

/// Reads a point in time that may be missing.
pub(super) fn next_time(cells: &mut Cells<'_, '_>) -> Result<Option<OffsetDateTime>> {
    Ok(cells.take::<Option<Micros>>()?.map(|micros| micros.0))
}

/// Reads `number, place, outcome, title, release_year, score, movie_id, confidence, candidates,
/// reason`.
pub(super) fn import_row(row: &Row<'_>) -> Result<ImportRowRecord> {
    let mut cells = Cells::of(row);
    Ok(ImportRowRecord {
        number: cells.take()?,
        place: cells.take()?,
        outcome: cells.take()?,
        title: cells.take()?,
        release_year: cells.take()?,
        score: cells.take()?,
        movie_id: cells.take()?,
        confidence: cells.take()?,
        candidates: cells.take()?,
        reason: cells.take()?,
    })
}
