//! The contracts of `ReportRepository`.

use reelmark_application::messages::{Channel, ReportRequestedV1};
use reelmark_application::ports::{
    InsertReport, ListedReports, ReportClaim, ReportHold, ReportRecord,
};
use time::macros::date;
use time::{Duration, OffsetDateTime};

use super::Stores;
use super::races::at_once;
use super::stores::THE_END;
use crate::builders::{NOON, minute};

const LEASE: Duration = Duration::minutes(10);

pub async fn a_requested_report_is_queued_and_found_again(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let (from, to) = (Some(date!(2026 - 01 - 01)), Some(date!(2026 - 02 - 01)));

    let stored = request(&stores, InsertReport { from, to, ..about_a_movie(ada) }).await;

    let expected = ReportRecord {
        id: stored.id,
        owner_id: ada,
        kind: "movie".into(),
        subject: Some("42".into()),
        from,
        to,
        status: "queued".into(),
        requested_at: NOON,
        started_at: None,
        finished_at: None,
        failure: None,
        result: None,
    };
    assert_eq!(stored, expected);
    assert_eq!(find(&stores, stored.id).await, Some(expected));
    assert_eq!(find(&stores, stored.id + 1).await, None);
}

pub async fn a_report_without_subject_and_period_has_none(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let catalogue = InsertReport { kind: "catalogue".into(), subject: None, ..about_a_movie(ada) };

    let stored = request(&stores, catalogue).await;

    assert_eq!((stored.subject, stored.from, stored.to), (None, None, None));
}

pub async fn a_request_leaves_a_message_in_the_channel_of_reports(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let stored = request(&stores, about_a_movie(ada)).await;

    let claimed = stores.outbox.claim(Channel::Reports, 9, THE_END, LEASE).await.unwrap();

    assert_eq!(claimed.len(), 1);
    assert_eq!((claimed[0].kind.as_str(), claimed[0].created_at), (ReportRequestedV1::KIND, NOON));
    let message: ReportRequestedV1 = serde_json::from_str(&claimed[0].payload).unwrap();
    assert_eq!(message.report, stored.id);
    assert_eq!(stores.take_messages().await, []);
}

pub async fn nobody_has_more_unfinished_reports_than_allowed(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let two_of = |owner| InsertReport { most_unfinished: 2, ..about_a_movie(owner) };
    let first = request(&stores, two_of(ada)).await;
    let second = request(&stores, two_of(ada)).await;
    start(&stores, second.id, NOON).await;

    assert_eq!(stores.reports.request(two_of(ada)).await.unwrap(), None);
    request(&stores, two_of(bob)).await;
    let hold = hold(&start(&stores, first.id, NOON).await);
    assert!(stores.reports.finish(hold, "{}".into(), NOON).await.unwrap());
    request(&stores, two_of(ada)).await;
    assert_eq!(stores.reports.request(two_of(ada)).await.unwrap(), None);

    let messages = stores.outbox.claim(Channel::Reports, 99, THE_END, LEASE).await.unwrap();
    assert_eq!(messages.len(), 4, "what was refused must leave no message");
}

pub async fn the_bound_holds_when_many_ask_at_once(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let asking = (0..12).map(|_| {
        let reports = stores.reports.clone();
        let asked = InsertReport { most_unfinished: 3, ..about_a_movie(ada) };
        async move { reports.request(asked).await.unwrap().is_some() }
    });

    let stored = at_once(asking).await;

    assert_eq!(stored.into_iter().filter(|stored| *stored).count(), 3);
    assert_eq!(stores.reports.count(ada).await.unwrap(), 3);
}

pub async fn somebody_who_is_not_there_gets_no_report(stores: Stores) {
    let ada = stores.add_user("ada").await;
    assert_eq!(stores.reports.request(about_a_movie(ada + 1)).await.unwrap(), None);
}

pub async fn lists_the_own_reports_newest_first_and_page_by_page(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let mut expected = vec![];
    for _ in 0..5 {
        expected.insert(0, request(&stores, about_a_movie(ada)).await);
        request(&stores, about_a_movie(bob)).await;
    }

    let (mut listed, mut after) = (vec![], None);
    loop {
        let page = ListedReports { owner_id: ada, after, limit: 2 };
        let page = stores.reports.list(page).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        listed.extend(page);
        assert!(listed.len() <= expected.len(), "the pages go round in circles");
    }

    assert_eq!(listed, expected);
    assert_eq!(stores.reports.count(ada).await.unwrap(), 5);
    assert_eq!(stores.reports.count(bob + 1).await.unwrap(), 0);
}

pub async fn lists_leave_the_results_out(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let report = request(&stores, about_a_movie(ada)).await;
    let hold = hold(&start(&stores, report.id, NOON).await);
    stores.reports.finish(hold, "{\"a\":1}".into(), minute(1)).await.unwrap();

    let list = ListedReports { owner_id: ada, after: None, limit: 9 };
    let listed = stores.reports.list(list).await.unwrap();

    assert_eq!((listed[0].status.as_str(), listed[0].result.as_deref()), ("done", None));
}

pub async fn a_claimed_report_is_running_and_nobody_elses(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let report = request(&stores, about_a_movie(ada)).await;

    let claimed = start(&stores, report.id, minute(1)).await;

    let expected =
        ReportRecord { status: "running".into(), started_at: Some(minute(1)), ..report.clone() };
    assert_eq!(claimed, expected);
    assert_eq!(find(&stores, report.id).await, Some(expected));
    let busy = stores.reports.start(report.id, minute(10), LEASE).await.unwrap();
    assert_eq!(busy, ReportClaim::Busy);
}

pub async fn a_report_that_was_left_alone_is_claimed_anew(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let report = request(&stores, about_a_movie(ada)).await;
    let lost = hold(&start(&stores, report.id, minute(0)).await);

    let claimed = start(&stores, report.id, minute(10)).await;

    assert_eq!(claimed.started_at, Some(minute(10)));
    let late = stores.reports.finish(lost, "{}".into(), minute(11)).await.unwrap();
    assert!(!late, "a claim that was taken over is worth nothing");
    assert!(!stores.reports.fail(lost, "internal_error".into(), minute(11)).await.unwrap());
    assert!(!stores.reports.release(lost).await.unwrap());
    assert_eq!(find(&stores, report.id).await, Some(claimed));
}

pub async fn one_of_many_claimants_gets_the_report(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let id = request(&stores, about_a_movie(ada)).await.id;
    let claiming = (0..8).map(|_| {
        let reports = stores.reports.clone();
        async move { reports.start(id, minute(1), LEASE).await.unwrap() }
    });

    let claims = at_once(claiming).await;

    let taken = claims.iter().filter(|claim| matches!(claim, ReportClaim::Taken(_))).count();
    let busy = claims.iter().filter(|claim| **claim == ReportClaim::Busy).count();
    assert_eq!((taken, busy), (1, 7));
}

pub async fn a_finished_report_keeps_its_result_and_is_over(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let report = request(&stores, about_a_movie(ada)).await;
    let running = start(&stores, report.id, minute(1)).await;
    let result = r#"{"title":"Amélie \"1\" 'x'"}"#;

    assert!(stores.reports.finish(hold(&running), result.into(), minute(2)).await.unwrap());

    let expected = ReportRecord {
        status: "done".into(),
        finished_at: Some(minute(2)),
        result: Some(result.into()),
        ..running
    };
    assert_eq!(find(&stores, report.id).await, Some(expected));
    let claim = stores.reports.start(report.id, minute(99), LEASE).await.unwrap();
    assert_eq!(claim, ReportClaim::Over);
    let claim = stores.reports.start(report.id + 1, minute(99), LEASE).await.unwrap();
    assert_eq!(claim, ReportClaim::Over);
}

pub async fn a_failed_report_says_why_and_is_over(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let report = request(&stores, about_a_movie(ada)).await;
    let running = start(&stores, report.id, minute(1)).await;

    let failed = stores.reports.fail(hold(&running), "subject_gone".into(), minute(2)).await;

    assert!(failed.unwrap());
    let expected = ReportRecord {
        status: "failed".into(),
        finished_at: Some(minute(2)),
        failure: Some("subject_gone".into()),
        ..running
    };
    assert_eq!(find(&stores, report.id).await, Some(expected));
    let claim = stores.reports.start(report.id, minute(99), LEASE).await.unwrap();
    assert_eq!(claim, ReportClaim::Over);
}

pub async fn a_report_that_was_given_back_is_queued_again(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let report = request(&stores, about_a_movie(ada)).await;
    let running = start(&stores, report.id, minute(1)).await;

    assert!(stores.reports.release(hold(&running)).await.unwrap());

    assert_eq!(find(&stores, report.id).await, Some(report.clone()));
    start(&stores, report.id, minute(2)).await;
}

pub async fn prunes_old_reports_in_portions(stores: Stores) {
    let ada = stores.add_user("ada").await;
    for n in 0..4 {
        request(&stores, InsertReport { at: minute(n), ..about_a_movie(ada) }).await;
    }

    assert_eq!(stores.reports.prune(minute(3), 2).await.unwrap(), 2);
    assert_eq!(stores.reports.prune(minute(3), 2).await.unwrap(), 1);
    assert_eq!(stores.reports.prune(minute(3), 2).await.unwrap(), 0);

    let list = ListedReports { owner_id: ada, after: None, limit: 9 };
    let left = stores.reports.list(list).await.unwrap();
    let times: Vec<_> = left.iter().map(|report| report.requested_at).collect();
    assert_eq!(times, [minute(3)]);
}

fn about_a_movie(owner_id: i64) -> InsertReport {
    InsertReport {
        owner_id,
        kind: "movie".into(),
        subject: Some("42".into()),
        from: None,
        to: None,
        at: NOON,
        most_unfinished: 20,
    }
}

async fn request(stores: &Stores, report: InsertReport) -> ReportRecord {
    stores.reports.request(report).await.unwrap().unwrap()
}

async fn find(stores: &Stores, id: i64) -> Option<ReportRecord> {
    stores.reports.find(id).await.unwrap()
}

async fn start(stores: &Stores, id: i64, now: OffsetDateTime) -> ReportRecord {
    match stores.reports.start(id, now, LEASE).await.unwrap() {
        ReportClaim::Taken(record) => *record,
        other => panic!("the report should be free: {other:?}"),
    }
}

fn hold(running: &ReportRecord) -> ReportHold {
    ReportHold { id: running.id, started_at: running.started_at.unwrap() }
}

/// Declares one test per contract of `ReportRepository`.
#[macro_export]
macro_rules! report_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { report_repository, $fresh_stores,
            a_requested_report_is_queued_and_found_again,
            a_report_without_subject_and_period_has_none,
            a_request_leaves_a_message_in_the_channel_of_reports,
            nobody_has_more_unfinished_reports_than_allowed,
            the_bound_holds_when_many_ask_at_once,
            somebody_who_is_not_there_gets_no_report,
            lists_the_own_reports_newest_first_and_page_by_page,
            lists_leave_the_results_out,
            a_claimed_report_is_running_and_nobody_elses,
            a_report_that_was_left_alone_is_claimed_anew,
            one_of_many_claimants_gets_the_report,
            a_finished_report_keeps_its_result_and_is_over,
            a_failed_report_says_why_and_is_over,
            a_report_that_was_given_back_is_queued_again,
            prunes_old_reports_in_portions,
        }
    };
}
