use reelmark_domain::{Caller, ReportId, Role};
use thiserror::Error;

use super::Report;
use crate::ports::{ReportRepository, RepositoryError};

/// Why a report is not shown.
#[derive(Debug, Error)]
pub enum ViewReportError {
    /// There is no such report, or it is somebody else's: the two are not told apart.
    #[error("there is no such report")]
    ReportNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// The report with this id, if the caller asked for it or is an admin.
pub(super) async fn run(
    reports: &dyn ReportRepository,
    caller: Caller,
    id: ReportId,
) -> Result<Report, ViewReportError> {
    let record = reports.find(id.get()).await?.ok_or(ViewReportError::ReportNotFound)?;
    let report = Report::try_from(record)?;
    let may_see = report.owner_id == caller.user_id || caller.role == Role::Admin;
    may_see.then_some(report).ok_or(ViewReportError::ReportNotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockReportRepository, ReportRecord};
    use crate::testing::{caller, done_report_record, report_record};
    use reelmark_domain::ReportStatus;

    async fn view(role: Role, record: Option<ReportRecord>) -> Result<Report, ViewReportError> {
        let mut reports = MockReportRepository::new();
        reports.expect_find().returning(move |_| Ok(record.clone()));
        run(&reports, caller(role), ReportId::parse(5).unwrap()).await
    }

    #[tokio::test]
    async fn shows_a_report_with_its_result_to_its_owner() {
        let report = view(Role::Member, Some(done_report_record())).await.unwrap();
        assert_eq!((report.status, report.result.is_some()), (ReportStatus::Done, true));
    }

    #[tokio::test]
    async fn shows_it_to_admins_and_to_nobody_else() {
        let of_another = || Some(ReportRecord { owner_id: 8, ..report_record() });
        assert!(view(Role::Admin, of_another()).await.is_ok());
        let refused = view(Role::Curator, of_another()).await;
        assert!(matches!(refused, Err(ViewReportError::ReportNotFound)));
        let refused = view(Role::Admin, None).await;
        assert!(matches!(refused, Err(ViewReportError::ReportNotFound)));
    }

    #[tokio::test]
    async fn a_result_that_cannot_be_read_is_a_failure_of_the_store() {
        let record = ReportRecord { result: Some("{}".into()), ..done_report_record() };
        let failed = view(Role::Member, Some(record)).await;
        assert!(matches!(failed, Err(ViewReportError::Store(RepositoryError::Corrupt(_)))));
    }
}
