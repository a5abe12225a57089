use time::Duration;

use crate::ports::{Clock, ReportRepository, RepositoryError};

/// How long reports are kept.
const KEPT: Duration = Duration::days(30);

/// How many are removed in one transaction.
const BATCH: usize = 500;

/// Removes one batch of reports that nobody may read any more.
pub(super) async fn run(
    reports: &dyn ReportRepository,
    clock: &dyn Clock,
) -> Result<usize, RepositoryError> {
    reports.prune(clock.now() - KEPT, BATCH).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::MockReportRepository;
    use crate::testing::{NOW, clock};
    use mockall::predicate::{always, eq};

    #[tokio::test]
    async fn keeps_reports_for_thirty_days() {
        let mut reports = MockReportRepository::new();
        let before = NOW - Duration::days(30);
        reports.expect_prune().with(eq(before), always()).once().returning(|_, _| Ok(3));
        assert_eq!(run(&reports, &clock()).await.unwrap(), 3);
    }
}
