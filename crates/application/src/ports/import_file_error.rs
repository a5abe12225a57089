use std::sync::Arc;

use thiserror::Error;

use super::{Cause, Position};

/// Why a file can't be read, or no further. What was read before holds.
#[derive(Debug, Error)]
#[error("{file}{}: {fault}", at(*.position))]
pub struct ImportFileError {
    /// The name of the file, for a file of an archive the name in there.
    pub file: Arc<str>,
    /// Where reading ended, when it had begun.
    pub position: Option<Position>,
    pub fault: FileFault,
}

fn at(position: Option<Position>) -> String {
    position.map_or_else(String::new, |position| format!(", {position}"))
}

/// What is wrong with a file.
#[derive(Debug, Error)]
pub enum FileFault {
    #[error("the file is empty")]
    Empty,
    #[error("the file has a heading and no rows")]
    NoRows,
    #[error("the file is binary, and no text")]
    Binary,
    #[error("the file is in UTF-16; save it in UTF-8")]
    Utf16,
    #[error("the fields are separated by {found}, and must be by {expected}")]
    Delimiter { expected: &'static str, found: &'static str },
    #[error("the columns are of no format that is known; the heading is {heading:?}")]
    UnknownFormat { heading: String },
    #[error("the column {column} is missing")]
    MissingColumn { column: &'static str },
    #[error("the column {column} is there twice")]
    RepeatedColumn { column: &'static str },
    #[error("a row is longer than {limit_bytes} bytes; a quote may be left open")]
    RowTooLong { limit_bytes: usize },
    #[error("the file ends too early: it was cut off")]
    Truncated,
    #[error("the compressed data is damaged")]
    Damaged,
    #[error("the file was changed while it was read")]
    Changed,
    #[error("unpacked, it is larger than {limit_bytes} bytes")]
    TooLarge { limit_bytes: u64 },
    #[error("it is packed more than {limit} to 1, as only files made to do harm are")]
    TooDense { limit: u64 },
    #[error("it has more than {limit} rows")]
    TooManyRows { limit: usize },
    #[error("the archive has {actual} entries, more than {limit}")]
    TooManyEntries { limit: usize, actual: usize },
    #[error("the archive is encrypted")]
    Encrypted,
    #[error("the archive has none of these files: {expected}")]
    NothingInside { expected: &'static str },
    #[error("the file is no {expected}")]
    Malformed { expected: &'static str },
    /// The file itself can't be read.
    #[error("the file can't be read")]
    Unreadable(#[source] Cause),
}

impl FileFault {
    /// The stable code of what is wrong, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoRows => "no_rows",
            Self::Binary => "binary",
            Self::Utf16 => "utf16",
            Self::Delimiter { .. } => "delimiter",
            Self::UnknownFormat { .. } => "unknown_format",
            Self::MissingColumn { .. } => "missing_column",
            Self::RepeatedColumn { .. } => "repeated_column",
            Self::RowTooLong { .. } => "row_too_long",
            Self::Truncated => "truncated",
            Self::Damaged => "damaged",
            Self::Changed => "changed",
            Self::TooLarge { .. } => "too_large",
            Self::TooDense { .. } => "too_dense",
            Self::TooManyRows { .. } => "too_many_rows",
            Self::TooManyEntries { .. } => "too_many_entries",
            Self::Encrypted => "encrypted",
            Self::NothingInside { .. } => "nothing_inside",
            Self::Malformed { .. } => "malformed",
            Self::Unreadable(_) => "unreadable",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_names_the_file_and_how_far_it_was_read() {
        let error = |position| ImportFileError {
            file: "title.basics.tsv.gz".into(),
            position,
            fault: FileFault::Truncated,
        };
        let end = "the file ends too early: it was cut off";
        assert_eq!(error(None).to_string(), format!("title.basics.tsv.gz: {end}"));
        let late = error(Some(Position::Line(9))).to_string();
        assert_eq!(late, format!("title.basics.tsv.gz, line 9: {end}"));
    }
}
