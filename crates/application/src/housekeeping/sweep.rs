use time::Duration;

use super::{HousekeepingService, Swept};
use crate::ports::RepositoryError;

/// How many rows of a kind are removed in one transaction.
const BATCH: usize = 1000;

/// How long ids of processed messages are kept. A message that comes again later than this would
/// be counted twice, so it is far longer than any queue holds one back.
const PROCESSED_MESSAGES_KEPT: Duration = Duration::days(7);

/// How long events of the audit trail are kept: a year, and some weeks to look back on it.
const AUDIT_EVENTS_KEPT: Duration = Duration::days(400);

/// How long reports are kept.
const REPORTS_KEPT: Duration = Duration::days(30);

/// How long imports, and what became of their rows, are kept.
const IMPORTS_KEPT: Duration = Duration::days(30);

/// An import has as many rows as a file.
const IMPORTS_AT_ONCE: usize = 1;

/// A further kind joins with one line here.
pub(super) async fn run(ports: &HousekeepingService) -> Result<Vec<Swept>, RepositoryError> {
    let now = ports.clock.now();
    let processed_before = now - PROCESSED_MESSAGES_KEPT;
    let happened_before = now - AUDIT_EVENTS_KEPT;
    let requested_before = now - REPORTS_KEPT;
    let imported_before = now - IMPORTS_KEPT;
    let results = [
        ("idempotency_keys", ports.idempotency_keys.sweep(now, BATCH).await),
        ("processed_messages", ports.summaries.forget_processed(processed_before, BATCH).await),
        ("audit_events", ports.audit_trail.prune(happened_before, BATCH).await),
        ("reports", ports.reports.prune(requested_before, BATCH).await),
        ("imports", ports.imports.prune(imported_before, IMPORTS_AT_ONCE).await),
        ("sessions", ports.sessions.forget_expired(now, BATCH).await),
        ("account_codes", ports.codes.forget_expired(now, BATCH).await),
    ];
    let results = results.into_iter();
    results.map(|(what, result)| result.map(|count| Swept { what, count })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{
        MockAccountCodeRepository, MockAuditTrail, MockIdempotencyKeys,
        MockPersonalImportRepository, MockRatingSummaryRepository, MockReportRepository,
        MockSessionRepository,
    };
    use crate::testing::{NOW, clock, unavailable};
    use mockall::predicate::eq;
    use std::sync::Arc;

    fn service(
        idempotency_keys: MockIdempotencyKeys,
        summaries: MockRatingSummaryRepository,
    ) -> HousekeepingService {
        HousekeepingService {
            idempotency_keys: Arc::new(idempotency_keys),
            summaries: Arc::new(summaries),
            audit_trail: Arc::new(audit_trail()),
            reports: Arc::new(reports()),
            imports: Arc::new(imports()),
            sessions: Arc::new(sessions()),
            codes: Arc::new(codes()),
            clock: Arc::new(clock()),
        }
    }

    fn audit_trail() -> MockAuditTrail {
        let mut trail = MockAuditTrail::new();
        let long_ago = NOW - Duration::days(400);
        trail.expect_prune().with(eq(long_ago), eq(BATCH)).once().returning(|_, _| Ok(4));
        trail
    }

    fn reports() -> MockReportRepository {
        let mut reports = MockReportRepository::new();
        let month_ago = NOW - Duration::days(30);
        reports.expect_prune().with(eq(month_ago), eq(BATCH)).once().returning(|_, _| Ok(5));
        reports
    }

    fn imports() -> MockPersonalImportRepository {
        let mut imports = MockPersonalImportRepository::new();
        let month_ago = NOW - Duration::days(30);
        let pruning = imports.expect_prune().with(eq(month_ago), eq(IMPORTS_AT_ONCE));
        pruning.once().returning(|_, _| Ok(8));
        imports
    }

    fn sessions() -> MockSessionRepository {
        let mut sessions = MockSessionRepository::new();
        let forgetting = sessions.expect_forget_expired().with(eq(NOW), eq(BATCH));
        forgetting.once().returning(|_, _| Ok(6));
        sessions
    }

    fn codes() -> MockAccountCodeRepository {
        let mut codes = MockAccountCodeRepository::new();
        let forgetting = codes.expect_forget_expired().with(eq(NOW), eq(BATCH));
        forgetting.once().returning(|_, _| Ok(7));
        codes
    }

    fn processed() -> MockRatingSummaryRepository {
        let mut summaries = MockRatingSummaryRepository::new();
        let week_ago = NOW - Duration::days(7);
        let forgetting = summaries.expect_forget_processed().with(eq(week_ago), eq(BATCH));
        forgetting.once().returning(|_, _| Ok(3));
        summaries
    }

    #[tokio::test]
    async fn sweeps_what_has_passed_its_time() {
        let mut keys = MockIdempotencyKeys::new();
        keys.expect_sweep().with(eq(NOW), eq(BATCH)).once().returning(|_, _| Ok(2));
        let swept = run(&service(keys, processed())).await.unwrap();
        let expected = [
            ("idempotency_keys", 2),
            ("processed_messages", 3),
            ("audit_events", 4),
            ("reports", 5),
            ("imports", 8),
            ("sessions", 6),
            ("account_codes", 7),
        ];
        assert_eq!(swept, expected.map(|(what, count)| Swept { what, count }));
    }

    #[tokio::test]
    async fn one_kind_that_fails_does_not_keep_the_others() {
        let mut keys = MockIdempotencyKeys::new();
        keys.expect_sweep().returning(|_, _| Err(unavailable()));
        assert!(run(&service(keys, processed())).await.is_err());
    }
}
