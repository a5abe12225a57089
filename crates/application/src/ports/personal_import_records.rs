use reelmark_domain::RowOutcome;
use time::OffsetDateTime;

use super::{BroughtOutcome, BroughtRating};

/// An import of somebody's ratings as stored, without its file and rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonalImportRecord {
    pub id: i64,
    /// Whose ratings they are.
    pub owner_id: i64,
    pub status: String,
    /// Whether it only tells what would be.
    pub dry_run: bool,
    pub file_name: String,
    /// The format that the file turned out to have.
    pub format: Option<String>,
    pub counts: ImportCounts,
    pub created_at: OffsetDateTime,
    /// When it was last claimed.
    pub claimed_at: Option<OffsetDateTime>,
    pub finished_at: Option<OffsetDateTime>,
    /// Why the file was not read to its end.
    pub problem: Option<ImportProblem>,
    pub undone: UndoCounts,
}

/// How many rows came to each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportCounts {
    pub imported: i64,
    pub unchanged: i64,
    pub ambiguous: i64,
    pub unmatched: i64,
    pub invalid: i64,
    pub skipped: i64,
}

impl ImportCounts {
    /// How many rows have an outcome: so many from the beginning of the file on.
    pub fn total(&self) -> i64 {
        let of_movies = self.imported + self.unchanged + self.ambiguous + self.unmatched;
        of_movies + self.invalid + self.skipped
    }

    /// Counts one more row; a name that is no [`RowOutcome`] is none.
    pub fn add(&mut self, outcome: &str) {
        match RowOutcome::parse(outcome) {
            Ok(RowOutcome::Imported) => self.imported += 1,
            Ok(RowOutcome::Unchanged) => self.unchanged += 1,
            Ok(RowOutcome::Ambiguous) => self.ambiguous += 1,
            Ok(RowOutcome::Unmatched) => self.unmatched += 1,
            Ok(RowOutcome::Invalid) => self.invalid += 1,
            Ok(RowOutcome::Skipped) => self.skipped += 1,
            Err(_) => {}
        }
    }
}

/// What became of the ratings of an import that is taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UndoCounts {
    /// Those that are as they were before the import.
    pub reverted: i64,
    /// Those that were changed since, and stay.
    pub kept: i64,
}

/// Why a file can't be read, or no further.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportProblem {
    /// Stable, in snake case.
    pub code: String,
    /// For people.
    pub message: String,
}

/// A file to import.
#[derive(Clone, PartialEq, Eq)]
pub struct InsertPersonalImport {
    pub owner_id: i64,
    pub dry_run: bool,
    pub file_name: String,
    pub content: Vec<u8>,
    pub at: OffsetDateTime,
    /// How many imports their owner may have that are not finished, this one included.
    pub most_unfinished: i64,
    /// How many they may have at all, this one included.
    pub most_kept: i64,
    /// How many rows they may have before, so that all of them can be removed in one go.
    pub most_rows: i64,
}

/// What came of claiming an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportClaim {
    /// It is the caller's until the lease runs out, which every stored row renews. Its `claimed_at`
    /// names the claim.
    Taken(Box<PersonalImportRecord>),
    /// Somebody else works on it.
    Busy,
    /// It is finished or gone.
    Over,
}

/// A claim on an import that the caller has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportHold {
    pub id: i64,
    pub claimed_at: OffsetDateTime,
}

/// A row of a file, and what is known about it before anything is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutImportRow {
    /// Its number in the file, from 1, whatever it comes to.
    pub number: i64,
    pub place: String,
    pub title: Option<String>,
    pub release_year: Option<i32>,
    pub score: Option<i16>,
    pub finding: RowFinding,
    /// What there is to say about it, for people.
    pub reason: Option<String>,
}

/// What a row turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowFinding {
    /// A rating of this movie. Whether it is stored decides [`BroughtRating::merge`].
    Rating {
        rating: BroughtRating,
        /// How sure the movie is.
        confidence: String,
    },
    /// Nothing to store.
    Nothing {
        outcome: String,
        /// The movies that may be meant: a JSON array of objects.
        candidates: Option<String>,
    },
}

/// What is stored of a row about its outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SettledRow<'a> {
    pub outcome: &'a str,
    pub movie_id: Option<i64>,
    pub confidence: Option<&'a str>,
    pub candidates: Option<&'a str>,
    pub reason: Option<&'a str>,
}

/// Some rows of a file that follow those which are stored already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutImportRows {
    pub hold: ImportHold,
    pub format: String,
    pub rows: Vec<PutImportRow>,
    pub now: OffsetDateTime,
}

/// A row as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRowRecord {
    pub number: i64,
    pub place: String,
    pub outcome: String,
    pub title: Option<String>,
    pub release_year: Option<i32>,
    pub score: Option<i16>,
    pub movie_id: Option<i64>,
    pub confidence: Option<String>,
    /// A JSON array of objects.
    pub candidates: Option<String>,
    pub reason: Option<String>,
}

/// A page of somebody's imports, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedImports {
    pub owner_id: i64,
    /// The list starts behind the import with this id.
    pub after: Option<i64>,
    /// The greatest number of imports to return.
    pub limit: usize,
}

/// A page of the rows of an import, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedImportRows {
    pub import_id: i64,
    /// Rows with this outcome alone.
    pub outcome: Option<String>,
    /// The list starts behind the row with this number.
    pub after: Option<i64>,
    /// The greatest number of rows to return.
    pub limit: usize,
}

/// Some rows of an import to take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UndoRows {
    pub import_id: i64,
    /// Rows with lower numbers alone.
    pub before: Option<i64>,
    /// The greatest number of rows to look at.
    pub limit: usize,
    pub at: OffsetDateTime,
}

/// The reason of a row whose movie was removed while the file was read.
pub const MOVIE_GONE: &str = "the movie was removed meanwhile";

/// The reason of a row that says something else than a rating which is newer.
pub const NEWER_HERE: &str = "the rating here is newer, or the file doesn't say when it was given";

impl PutImportRow {
    /// The rating in it, if it has one.
    pub fn rating(&self) -> Option<&BroughtRating> {
        match &self.finding {
            RowFinding::Rating { rating, .. } => Some(rating),
            RowFinding::Nothing { .. } => None,
        }
    }

    /// What to store of it, once it is known what came of its rating: nothing where there is no
    /// such movie.
    pub fn settled(&self, came_of_it: Option<BroughtOutcome>) -> SettledRow<'_> {
        let reason = self.reason.as_deref();
        let nothing = SettledRow {
            outcome: RowOutcome::Unmatched.as_str(),
            movie_id: None,
            confidence: None,
            candidates: None,
            reason,
        };
        match (&self.finding, came_of_it) {
            (RowFinding::Nothing { outcome, candidates }, _) => {
                SettledRow { outcome, candidates: candidates.as_deref(), ..nothing }
            }
            (RowFinding::Rating { .. }, None) => SettledRow { reason: Some(MOVIE_GONE), ..nothing },
            (RowFinding::Rating { rating, confidence }, Some(came_of_it)) => {
                let (outcome, why) = came_of_it.of_row();
                SettledRow {
                    outcome: outcome.as_str(),
                    movie_id: Some(rating.movie_id),
                    confidence: Some(confidence),
                    reason: why.or(reason),
                    ..nothing
                }
            }
        }
    }
}

impl PersonalImportRecord {
    /// The claim of whoever was given this record for it.
    pub fn hold(&self) -> ImportHold {
        ImportHold { id: self.id, claimed_at: self.claimed_at.unwrap_or(self.created_at) }
    }
}

/// The file is somebody's diary.
impl std::fmt::Debug for InsertPersonalImport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("InsertPersonalImport")
            .field("owner_id", &self.owner_id)
            .field("bytes", &self.content.len())
            .finish_non_exhaustive()
    }
}
