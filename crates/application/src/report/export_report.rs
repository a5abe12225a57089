use reelmark_domain::{Caller, ReportId, ReportStatus};
use thiserror::Error;

use super::{Report, ViewReportError, view_report};
use crate::ports::{
    ReportFormat, ReportRepository, ReportWriter, ReportWriterError, RepositoryError,
};

/// Somebody wants a report in another form than the API's own.
#[derive(Clone, Copy, Debug)]
pub struct ExportReport {
    pub caller: Caller,
    pub id: ReportId,
    pub format: ReportFormat,
}

/// A report, written out.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportedReport {
    pub report: Report,
    pub text: String,
}

/// Why a report is not written out.
#[derive(Debug, Error)]
pub enum ExportReportError {
    /// There is no such report, or it is somebody else's: the two are not told apart.
    #[error("there is no such report")]
    ReportNotFound,
    /// It has no result: not yet, or never when its status is `failed`.
    #[error("the report is {0}")]
    ReportNotReady(ReportStatus),
    #[error(transparent)]
    Writer(#[from] ReportWriterError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    reports: &dyn ReportRepository,
    writer: &dyn ReportWriter,
    query: ExportReport,
) -> Result<ExportedReport, ExportReportError> {
    let report = view_report::run(reports, query.caller, query.id).await?;
    let result = report.result.as_ref();
    let result = result.ok_or(ExportReportError::ReportNotReady(report.status))?;
    let text = writer.write(&report, result, query.format)?;
    Ok(ExportedReport { report, text })
}

impl From<ViewReportError> for ExportReportError {
    fn from(error: ViewReportError) -> Self {
        match error {
            ViewReportError::ReportNotFound => Self::ReportNotFound,
            ViewReportError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockReportRepository, MockReportWriter, ReportRecord};
    use crate::testing::{caller, done_report_record, report_record};
    use reelmark_domain::Role;

    async fn export(
        writer: MockReportWriter,
        record: ReportRecord,
    ) -> Result<ExportedReport, ExportReportError> {
        let mut reports = MockReportRepository::new();
        reports.expect_find().returning(move |_| Ok(Some(record.clone())));
        let id = ReportId::parse(5).unwrap();
        let query = ExportReport { caller: caller(Role::Member), id, format: ReportFormat::Csv };
        run(&reports, &writer, query).await
    }

    #[tokio::test]
    async fn writes_a_finished_report_out() {
        let mut writer = MockReportWriter::new();
        let is_csv = |_: &_, _: &_, format: &ReportFormat| *format == ReportFormat::Csv;
        writer.expect_write().withf(is_csv).returning(|_, _, _| Ok("a,b".into()));
        assert_eq!(export(writer, done_report_record()).await.unwrap().text, "a,b");
    }

    #[tokio::test]
    async fn a_report_without_a_result_is_not_ready() {
        let refused = export(MockReportWriter::new(), report_record()).await;
        let queued = ReportStatus::Queued;
        assert!(matches!(refused, Err(ExportReportError::ReportNotReady(s)) if s == queued));
    }

    #[tokio::test]
    async fn somebody_elses_report_is_not_there() {
        let record = ReportRecord { owner_id: 8, ..done_report_record() };
        let refused = export(MockReportWriter::new(), record).await;
        assert!(matches!(refused, Err(ExportReportError::ReportNotFound)));
    }
}
