use async_trait::async_trait;
use reelmark_domain::{Caller, Page, ReportId};

use super::*;

/// What can be done with reports.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ReportUseCases: Send + Sync {
    /// Has a report made in the background.
    async fn request_report(&self, command: RequestReport) -> Result<Report, RequestReportError>;

    /// A report that the caller asked for, as far as it is; admins see those of others, too.
    async fn view_report(&self, caller: Caller, id: ReportId) -> Result<Report, ViewReportError>;

    /// The same, once it is done, in another form than the API's own.
    async fn export_report(&self, query: ExportReport)
    -> Result<ExportedReport, ExportReportError>;

    /// A page of the reports that the caller asked for, newest first, without their results.
    async fn list_reports(&self, query: ListReports) -> Result<Page<Report>, ListReportsError>;
}
