use thiserror::Error;

use super::Cause;

/// The table can't be written.
#[derive(Debug, Error)]
#[error("the table can't be written")]
pub struct TableWriterError(#[source] pub Cause);

/// Writes tables for spreadsheets.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait TableWriter: Send + Sync {
    /// A table as CSV (RFC 4180), with its head in the first line.
    ///
    /// MUST put an apostrophe in front of a cell that begins with `=`, `+`, `-`, `@`, a tab or a
    /// carriage return, because spreadsheets take it for a formula and run it. MUST refuse rows of
    /// another width than the head.
    fn csv(&self, head: Vec<String>, rows: Vec<Vec<String>>) -> Result<String, TableWriterError>;
}
