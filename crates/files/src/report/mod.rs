//! Reports as files: one outline of sections, written out as CSV or as a page.

mod catalogue;
mod chart;
mod csv;
mod html;
mod movie;
mod outline;
#[cfg(test)]
mod samples;
mod user;

use reelmark_application::ports::{ReportFormat, ReportWriter, ReportWriterError};
use reelmark_application::report::{Report, ReportResult};

use outline::Outline;

/// Writes reports as CSV, or as HTML with charts in SVG.
#[derive(Clone, Copy, Debug, Default)]
pub struct FileReportWriter;

impl ReportWriter for FileReportWriter {
    fn write(
        &self,
        report: &Report,
        result: &ReportResult,
        format: ReportFormat,
    ) -> Result<String, ReportWriterError> {
        let outline = outline(result);
        let written = match format {
            ReportFormat::Csv => csv::write(&outline),
            ReportFormat::Html => html::write(report, &outline),
        };
        written.map_err(ReportWriterError)
    }
}

fn outline(result: &ReportResult) -> Outline {
    match result {
        ReportResult::Movie(movie) => movie::outline(movie),
        ReportResult::User(user) => user::outline(user),
        ReportResult::Catalogue(catalogue) => catalogue::outline(catalogue),
    }
}
