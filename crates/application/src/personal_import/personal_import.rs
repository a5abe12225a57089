use reelmark_domain::{ImportId, ImportStatus, MovieId, RowOutcome, Score, ValueError};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::ports::{
    Cause, CorruptRecord, ImportCounts, ImportProblem, ImportRowRecord, PersonalImportRecord,
    RepositoryError,
};

/// An import of somebody's ratings, as far as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalImport {
    pub id: ImportId,
    pub status: ImportStatus,
    pub dry_run: bool,
    pub file_name: String,
    pub format: Option<String>,
    pub counts: ImportCounts,
    pub created_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
    pub problem: Option<ImportProblem>,
}

/// What became of one row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    pub number: i64,
    pub place: String,
    pub outcome: RowOutcome,
    pub title: Option<String>,
    pub release_year: Option<i32>,
    pub score: Option<Score>,
    pub movie_id: Option<MovieId>,
    pub confidence: Option<String>,
    /// The movies that may be meant, the likeliest first.
    pub candidates: Vec<ImportCandidate>,
    pub reason: Option<String>,
}

/// A movie that a row may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCandidate {
    pub id: i64,
    pub title: String,
    pub release_year: Option<i32>,
}

impl TryFrom<PersonalImportRecord> for PersonalImport {
    type Error = RepositoryError;

    fn try_from(record: PersonalImportRecord) -> Result<Self, RepositoryError> {
        let row = record.id;
        let corrupt = |column| {
            move |source: ValueError| CorruptRecord {
                table: "personal_imports",
                column,
                row,
                source,
            }
        };
        Ok(Self {
            id: ImportId::parse(row).map_err(corrupt("id"))?,
            status: ImportStatus::parse(&record.status).map_err(corrupt("status"))?,
            dry_run: record.dry_run,
            file_name: record.file_name,
            format: record.format,
            counts: record.counts,
            created_at: record.created_at,
            finished_at: record.finished_at,
            problem: record.problem,
        })
    }
}

impl TryFrom<ImportRowRecord> for ImportRow {
    type Error = RepositoryError;

    fn try_from(record: ImportRowRecord) -> Result<Self, RepositoryError> {
        let row = record.number;
        let corrupt = |column| {
            move |source: ValueError| CorruptRecord {
                table: "personal_import_rows",
                column,
                row,
                source,
            }
        };
        let score = record.score.map(|score| Score::parse(score.into()));
        let candidates = record.candidates.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            number: record.number,
            place: record.place,
            outcome: RowOutcome::parse(&record.outcome).map_err(corrupt("outcome"))?,
            title: record.title,
            release_year: record.release_year,
            score: score.transpose().map_err(corrupt("score"))?,
            movie_id: record
                .movie_id
                .map(MovieId::parse)
                .transpose()
                .map_err(corrupt("movie_id"))?,
            confidence: record.confidence,
            candidates: candidates.map_err(unreadable)?.unwrap_or_default(),
            reason: record.reason,
        })
    }
}

fn unreadable(cause: impl Into<Cause>) -> RepositoryError {
    RepositoryError::Corrupt(cause.into())
}
