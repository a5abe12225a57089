use reelmark_application::ports::{
    ImportCounts, ImportProblem, ImportRowRecord, PersonalImportRecord, UndoCounts,
};
use tokio_postgres::Row;

use crate::error::Result;

/// The columns that [`import`] reads, of `personal_imports`.
macro_rules! import_columns {
    () => {
        "id, owner_id, status, dry_run, file_name, format, imported, unchanged, ambiguous,
            unmatched, invalid, skipped, created_at, claimed_at, finished_at, problem_code,
            problem_message, reverted, kept"
    };
}
pub(super) use import_columns;

pub(super) fn import(row: &Row) -> Result<PersonalImportRecord> {
    Ok(PersonalImportRecord {
        id: row.try_get("id")?,
        owner_id: row.try_get("owner_id")?,
        status: row.try_get("status")?,
        dry_run: row.try_get("dry_run")?,
        file_name: row.try_get("file_name")?,
        format: row.try_get("format")?,
        counts: counts(row)?,
        created_at: row.try_get("created_at")?,
        claimed_at: row.try_get("claimed_at")?,
        finished_at: row.try_get("finished_at")?,
        problem: problem(row)?,
        undone: UndoCounts { reverted: row.try_get("reverted")?, kept: row.try_get("kept")? },
    })
}

fn counts(row: &Row) -> Result<ImportCounts> {
    Ok(ImportCounts {
        imported: row.try_get("imported")?,
        unchanged: row.try_get("unchanged")?,
        ambiguous: row.try_get("ambiguous")?,
        unmatched: row.try_get("unmatched")?,
        invalid: row.try_get("invalid")?,
        skipped: row.try_get("skipped")?,
    })
}

fn problem(row: &Row) -> Result<Option<ImportProblem>> {
    let code: Option<String> = row.try_get("problem_code")?;
    let message: Option<String> = row.try_get("problem_message")?;
    Ok(code.zip(message).map(|(code, message)| ImportProblem { code, message }))
}

pub(super) fn import_row(row: &Row) -> Result<ImportRowRecord> {
    Ok(ImportRowRecord {
        number: row.try_get("number")?,
        place: row.try_get("place")?,
        outcome: row.try_get("outcome")?,
        title: row.try_get("title")?,
        release_year: row.try_get("release_year")?,
        score: row.try_get("score")?,
        movie_id: row.try_get("movie_id")?,
        confidence: row.try_get("confidence")?,
        candidates: row.try_get("candidates")?,
        reason: row.try_get("reason")?,
    })
}
