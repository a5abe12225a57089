use paperclip::actix::Apiv2Schema;
use reelmark_application::personal_import::{ImportCandidate, ImportRow, PersonalImport};
use reelmark_application::ports::{ImportCounts, ImportProblem};
use reelmark_domain::{ImportStatus, MovieId, RowOutcome, Score};
use serde::Serialize;
use serde_json::json;

use crate::openapi::Rule;
use crate::timestamp::timestamp;

/// An import of ratings, as far as it is.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ImportResponse {
    /// The id.
    id: i64,
    /// Whether it is queued, running, done, failed or undone.
    status: &'static str,
    /// Whether it only tells what would be.
    dry_run: bool,
    /// What the file is called.
    file_name: String,
    /// The format that the file has, once that is known.
    format: Option<String>,
    /// How many rows came to each outcome so far.
    counts: ImportCountsResponse,
    /// When the file was handed in.
    created_at: String,
    /// When there was nothing left to do.
    finished_at: Option<String>,
    /// Why the file was not read to its end.
    problem: Option<ImportProblemResponse>,
}

/// How many rows came to each outcome.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ImportCountsResponse {
    /// The rating was stored, or would be.
    imported: i64,
    /// The rating that was here stays: it says the same, or is newer.
    unchanged: i64,
    /// Several movies may be meant.
    ambiguous: i64,
    /// No movie of the catalogue is meant.
    unmatched: i64,
    /// The row breaks a rule.
    invalid: i64,
    /// The row is about something that isn't imported.
    skipped: i64,
}

/// Why a file can't be read, or no further.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ImportProblemResponse {
    /// Stable, in snake case.
    code: String,
    /// For people.
    message: String,
}

/// What became of one row of a file.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ImportRowResponse {
    /// Its number, from 1.
    number: i64,
    /// Where it stands, such as `ratings.csv, line 3`.
    place: String,
    /// What became of it.
    outcome: &'static str,
    /// The title in the file.
    title: Option<String>,
    /// The year in the file.
    release_year: Option<i32>,
    /// The score in the file, from 1 to 10.
    score: Option<u8>,
    /// The movie that was found.
    movie_id: Option<i64>,
    /// How sure that is: high or medium.
    confidence: Option<String>,
    /// The movies that may be meant, the likeliest first.
    candidates: Vec<ImportCandidateResponse>,
    /// What there is to say about it.
    reason: Option<String>,
}

/// A movie that a row may mean.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ImportCandidateResponse {
    /// The movie's id.
    id: i64,
    /// Its title.
    title: String,
    /// When it came out.
    release_year: Option<i32>,
}

impl From<&PersonalImport> for ImportResponse {
    fn from(import: &PersonalImport) -> Self {
        Self {
            id: import.id.get(),
            status: import.status.as_str(),
            dry_run: import.dry_run,
            file_name: import.file_name.clone(),
            format: import.format.clone(),
            counts: import.counts.into(),
            created_at: timestamp(import.created_at),
            finished_at: import.finished_at.map(timestamp),
            problem: import.problem.clone().map(ImportProblemResponse::from),
        }
    }
}

impl From<ImportCounts> for ImportCountsResponse {
    fn from(counts: ImportCounts) -> Self {
        let ImportCounts { imported, unchanged, ambiguous, unmatched, invalid, skipped } = counts;
        Self { imported, unchanged, ambiguous, unmatched, invalid, skipped }
    }
}

impl From<ImportProblem> for ImportProblemResponse {
    fn from(ImportProblem { code, message }: ImportProblem) -> Self {
        Self { code, message }
    }
}

impl From<ImportRow> for ImportRowResponse {
    fn from(row: ImportRow) -> Self {
        Self {
            number: row.number,
            place: row.place,
            outcome: row.outcome.as_str(),
            title: row.title,
            release_year: row.release_year,
            score: row.score.map(Score::get),
            movie_id: row.movie_id.map(MovieId::get),
            confidence: row.confidence,
            candidates: row.candidates.into_iter().map(ImportCandidateResponse::from).collect(),
            reason: row.reason,
        }
    }
}

impl From<ImportCandidate> for ImportCandidateResponse {
    fn from(ImportCandidate { id, title, release_year }: ImportCandidate) -> Self {
        Self { id, title, release_year }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "ImportResponse";
    let statuses = ImportStatus::ALL.map(ImportStatus::as_str);
    let time = || json!({"format": "date-time"});
    vec![
        Rule::property(schema, "status", json!({"enum": statuses})),
        Rule::property(schema, "created_at", time()),
        Rule::property(schema, "finished_at", time()),
    ]
}

/// The outcomes that rows can have.
pub(super) fn outcomes() -> serde_json::Value {
    json!({"enum": RowOutcome::ALL.map(RowOutcome::as_str)})
}
