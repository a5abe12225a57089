use thiserror::Error;

use super::Cause;
use crate::report::{Report, ReportResult};

/// A form in which a report is handed out, besides the API's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportFormat {
    /// Comma-separated values: one row per number.
    Csv,
    /// A page with charts and tables.
    Html,
}

/// The report can't be put into this form.
#[derive(Debug, Error)]
#[error("the report could not be written")]
pub struct ReportWriterError(#[source] pub Cause);

/// Puts reports into forms for people and their programs.
///
/// CSV has the columns `section`, `row`, `column` and `value`, and MUST NOT have cells that a
/// spreadsheet takes for a formula. HTML MUST NOT hold code or styles inside the page, nor any text
/// of users that isn't escaped; it may ask for `/report.css`, and says the same without it.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait ReportWriter: Send + Sync {
    /// Writes a finished report out, in UTF-8.
    fn write(
        &self,
        report: &Report,
        result: &ReportResult,
        format: ReportFormat,
    ) -> Result<String, ReportWriterError>;
}
