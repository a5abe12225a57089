//! Reports: asked for, made in the background, read later.

mod compose;
mod content;
mod export_report;
mod list_reports;
mod report;
mod request_report;
mod service;
mod use_cases;
mod view_report;

pub use content::*;
pub use export_report::{ExportReport, ExportReportError, ExportedReport};
pub use list_reports::{ListReports, ListReportsError};
pub use report::Report;
pub use request_report::{MAX_UNFINISHED, ReportSubject, RequestReport, RequestReportError};
pub use service::ReportService;
pub use use_cases::*;
pub use view_report::ViewReportError;

pub(crate) use compose::{catalogue_report, movie_report, user_report};
