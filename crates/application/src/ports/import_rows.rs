//! What comes out of a file from elsewhere, whatever its format: rows, and what was wrong.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use reelmark_domain::ValueError;
use thiserror::Error;

use super::{ImportFileError, UniqueKey};

/// The rows of a file, one after the other, in constant memory. An error is the last item.
pub type ImportRows<T> = Box<dyn Iterator<Item = Result<ImportItem<T>, ImportFileError>> + Send>;

/// What one row of a file comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportItem<T> {
    /// It is right.
    Row(ImportedRow<T>),
    /// It is right, and about something that isn't imported.
    Skipped(SkippedRow),
    /// A rule is broken; the other rows are read all the same.
    Rejected(RowProblem),
    /// Something was mended or left out; the row it belongs to comes next.
    Warning(RowProblem),
}

/// A row that is right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedRow<T> {
    pub place: Place,
    pub value: T,
}

/// A row that nothing is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedRow {
    pub place: Place,
    pub reason: SkipReason,
}

/// Why nothing is made of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SkipReason {
    /// Series, episodes, games and the like.
    NotAMovie,
    /// A movie that was seen and not rated.
    NotRated,
    /// A pornographic movie.
    Adult,
    /// A movie that too few people know.
    LittleKnown,
    /// Another row of the same archive says the same, or something newer, about the movie.
    Superseded,
}

impl SkipReason {
    /// Its stable name, in snake case.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAMovie => "not_a_movie",
            Self::NotRated => "not_rated",
            Self::Adult => "adult",
            Self::LittleKnown => "little_known",
            Self::Superseded => "superseded",
        }
    }
}

/// Where a row stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The name of the file, for a file of an archive the name in there.
    pub file: Arc<str>,
    pub position: Position,
}

/// Where in a file a row stands, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// The line it begins on; the heading is line 1.
    Line(u64),
    /// Its number, in formats without lines.
    Entry(u64),
}

impl Position {
    /// The line, or the number of the entry.
    pub fn number(self) -> u64 {
        match self {
            Self::Line(number) | Self::Entry(number) => number,
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Entry(entry) => write!(f, "entry {entry}"),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.file, self.position)
    }
}

/// A broken rule and where it was broken: "ratings.csv, line 3, rating: must be …". It never shows
/// what was found there but for numbers out of their range.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{place}, {fault}")]
pub struct RowProblem {
    pub place: Place,
    pub fault: RowFault,
}

/// What is wrong with a row.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum RowFault {
    /// The field, as the file calls it, and the rule.
    #[error("{field}: {error}")]
    Field { field: Cow<'static, str>, error: ValueError },
    /// A field too many or too few, mostly because of a delimiter within a text.
    #[error("must have {expected} fields, has {actual}")]
    FieldCount { expected: usize, actual: usize },
    /// No JSON object, or not of the shape that the format has.
    #[error("must be an entry as {format} writes it")]
    Shape { format: &'static str },
    /// Read as Windows-1252; said once per file.
    #[error("is not in UTF-8, and was read as Windows-1252, as was every such line behind it")]
    NotUtf8,
    /// The row names a movie by a number that no row of the set has.
    #[error("no movie has the number {number}")]
    UnknownMovie { number: i64 },
    /// An id that can name one movie alone; the row is taken without it.
    #[error("{key} belongs to another movie and was left out")]
    TakenId { key: UniqueKey },
    /// The movie is known by another id of this kind, which it keeps.
    #[error("{key} is another one than the movie has and was left out")]
    OtherId { key: UniqueKey },
    /// The row names no id, and its title and year fit several movies.
    #[error("the title and the year fit several movies; an id would tell them apart")]
    Ambiguous,
}

impl RowFault {
    /// The stable code of the broken rule, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Field { error, .. } => error.code(),
            Self::FieldCount { .. } => "field_count",
            Self::Shape { .. } => "shape",
            Self::NotUtf8 => "not_utf8",
            Self::UnknownMovie { .. } => "unknown_movie",
            Self::TakenId { .. } => "taken_id",
            Self::OtherId { .. } => "other_id",
            Self::Ambiguous => "ambiguous",
        }
    }

    /// The field, as the file calls it.
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::Field { field, .. } => Some(field),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_file_line_field_and_rule() {
        let error = ValueError::OutOfRange { min: 1, max: 10, actual: 11 };
        let fault = RowFault::Field { field: "rating".into(), error };
        let place = Place { file: "ratings.csv".into(), position: Position::Line(3) };
        let text = RowProblem { place, fault }.to_string();
        assert_eq!(text, "ratings.csv, line 3, rating: must be between 1 and 10, is 11");
    }
}
