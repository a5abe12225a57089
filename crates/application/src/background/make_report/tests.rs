use mockall::predicate::{always, eq};
use time::macros::datetime;

use super::*;
use crate::ports::{
    CatalogueNumbersRecord, MessageRecord, MockClock, MockReportReader, MockReportRepository,
    MovieNumbersRecord, ReportedMovieRecord,
};
use crate::testing::{NOW, report_record, unavailable};

const HOLD: ReportHold = ReportHold { id: 5, started_at: NOW };

fn clock(minutes: i64) -> MockClock {
    let mut clock = MockClock::new();
    clock.expect_now().return_const(NOW + Duration::minutes(minutes));
    clock
}

fn running() -> ReportRecord {
    let status = "running".to_owned();
    ReportRecord { status, started_at: Some(NOW), ..report_record() }
}

fn claimed(record: ReportRecord) -> MockReportRepository {
    starting(ReportClaim::Taken(Box::new(record)))
}

fn starting(claim: ReportClaim) -> MockReportRepository {
    let mut reports = MockReportRepository::new();
    let start = reports.expect_start().with(eq(5), always(), eq(LEASE));
    start.returning(move |_, _, _| Ok(claim.clone()));
    reports
}

fn numbers() -> MovieNumbersRecord {
    MovieNumbersRecord {
        movie: ReportedMovieRecord { id: 42, title: "Up".into(), release_year: None },
        histogram: [0, 0, 0, 0, 0, 0, 0, 1, 0, 0],
        catalogue: (1, 8),
        by_month: vec![],
    }
}

fn reader(
    answer: impl Fn() -> Result<Option<MovieNumbersRecord>, RepositoryError> + Send + Sync + 'static,
) -> MockReportReader {
    let mut reader = MockReportReader::new();
    reader.expect_movie().with(eq(42), always()).returning(move |_, _| answer());
    reader
}

async fn consume(
    (reports, reader): (MockReportRepository, MockReportReader),
    minutes: i64,
    (payload, attempt): (&str, u32),
) -> Verdict {
    let reporting = Reporting { repository: Arc::new(reports), reader: Arc::new(reader) };
    let kind = "report_requested.v1".to_owned();
    let message = MessageRecord { id: 1, kind, payload: payload.into(), created_at: NOW };
    let delivery = Delivery { message, receipt: 10, attempt };
    let verdicts = run(&reporting, &clock(minutes), vec![delivery]).await;
    assert_eq!(verdicts.len(), 1);
    verdicts[0].1.clone()
}

const REQUEST: (&str, u32) = (r#"{"report":5}"#, 1);

#[tokio::test]
async fn makes_a_report_and_stores_its_result() {
    let mut reports = claimed(running());
    let is_ours = |hold: &ReportHold, json: &String, _: &_| {
        let result: ReportResult = serde_json::from_str(json).unwrap();
        *hold == HOLD && matches!(result, ReportResult::Movie(movie) if movie.numbers.count == 1)
    };
    reports.expect_finish().withf(is_ours).once().returning(|_, _, _| Ok(true));
    let verdict = consume((reports, reader(|| Ok(Some(numbers())))), 0, REQUEST).await;
    assert_eq!(verdict, Verdict::Done);
}

#[tokio::test]
async fn a_subject_that_is_gone_fails_the_report_at_once() {
    let mut reports = claimed(running());
    let (hold, gone) = (eq(HOLD), eq("subject_gone".to_owned()));
    reports.expect_fail().with(hold, gone, always()).once().returning(|_, _, _| Ok(true));
    let verdict = consume((reports, reader(|| Ok(None))), 0, REQUEST).await;
    assert_eq!(verdict, Verdict::Done);
}

#[tokio::test]
async fn leaves_finished_reports_and_those_of_others_alone() {
    let reader = MockReportReader::new;
    let over = consume((starting(ReportClaim::Over), reader()), 0, REQUEST).await;
    assert_eq!(over, Verdict::Done);
    let busy = consume((starting(ReportClaim::Busy), reader()), 0, REQUEST).await;
    assert_eq!(busy, Verdict::Postpone);
}

#[tokio::test]
async fn gives_the_report_back_and_waits_while_the_store_is_down() {
    let mut reports = claimed(running());
    reports.expect_release().with(eq(HOLD)).once().returning(|_| Err(unavailable()));
    let verdict = consume((reports, reader(|| Err(unavailable()))), 59, REQUEST).await;
    assert_eq!(verdict, Verdict::Postpone);
    let mut reports = MockReportRepository::new();
    reports.expect_start().returning(|_, _, _| Err(unavailable()));
    let verdict = consume((reports, MockReportReader::new()), 0, REQUEST).await;
    assert_eq!(verdict, Verdict::Postpone);
}

#[tokio::test]
async fn gives_a_report_up_that_the_store_never_has_time_for() {
    let mut reports = claimed(running());
    let late = eq("took_too_long".to_owned());
    reports.expect_fail().with(eq(HOLD), late, always()).once().returning(|_, _, _| Ok(true));
    let verdict = consume((reports, reader(|| Err(unavailable()))), 61, REQUEST).await;
    assert_eq!(verdict, Verdict::Done);
}

#[tokio::test]
async fn a_failure_is_tried_again_and_told_after_the_last_time() {
    let broken = || Err(RepositoryError::Corrupt("negative".into()));
    let mut reports = claimed(running());
    reports.expect_release().with(eq(HOLD)).once().returning(|_| Ok(true));
    let verdict = consume((reports, reader(broken)), 0, (REQUEST.0, MAX_ATTEMPTS - 1)).await;
    assert!(matches!(verdict, Verdict::Retry { .. }));

    let mut reports = claimed(running());
    let internal = eq("internal_error".to_owned());
    reports.expect_fail().with(eq(HOLD), internal, always()).once().returning(|_, _, _| Ok(true));
    let verdict = consume((reports, reader(broken)), 0, (REQUEST.0, MAX_ATTEMPTS)).await;
    assert!(matches!(verdict, Verdict::Retry { .. }));
}

#[tokio::test]
async fn refuses_what_it_cannot_read() {
    let ports = (MockReportRepository::new(), MockReportReader::new());
    let verdict = consume(ports, 0, ("{}", 1)).await;
    assert!(matches!(verdict, Verdict::Refuse { .. }));
}

#[tokio::test]
async fn a_report_about_the_catalogue_looks_back_ninety_days_by_itself() {
    let (kind, subject) = ("catalogue".to_owned(), None);
    let requested_at = datetime!(2026-04-01 13:00 UTC);
    let mut reports = claimed(ReportRecord { kind, subject, requested_at, ..running() });
    reports.expect_finish().returning(|_, _, _| Ok(true));
    let mut reader = MockReportReader::new();
    let ninety = RatingSpan { from: Some(datetime!(2026-01-01 0:00 UTC)), to: None };
    reader.expect_catalogue().with(eq(ninety)).once().returning(|_| {
        Ok(CatalogueNumbersRecord {
            movies: 0,
            users: 0,
            reviews: 0,
            histogram: [0; 10],
            by_day: vec![],
            top_rated: vec![],
            most_divisive: vec![],
            most_active: vec![],
            unrated: 0,
            unrated_sample: vec![],
        })
    });
    assert_eq!(consume((reports, reader), 0, REQUEST).await, Verdict::Done);
}
