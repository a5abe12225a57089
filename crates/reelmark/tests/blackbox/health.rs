//! What operators and load balancers ask.

use serde_json::json;

use crate::beside_others;
use crate::support::scenario::Scenario;
use crate::support::{TestApp, eventually};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        a_service_that_answers_is_alive,
        a_service_that_can_do_its_work_is_ready,
        metrics_tell_what_the_service_does,
        metrics_name_nobody,
        the_web_pages_are_served_by_the_program_itself,
    ]
}

fn a_service_that_answers_is_alive(app: &TestApp) {
    assert_eq!(app.at_root("/health/live").json(200)["status"], "up");
}

fn a_service_that_can_do_its_work_is_ready(app: &TestApp) {
    let body = app.at_root("/health/ready").json(200);
    assert_eq!(body["status"], "ready");
    let dependencies = body["dependencies"].as_array().expect("it should have dependencies");
    assert!(dependencies.contains(&json!({"name": "store", "status": "up", "required": true})));
    assert!(dependencies.iter().all(|dependency| dependency["status"] == "up"), "{body:#}");
}

fn metrics_tell_what_the_service_does(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Up");
    app.somebody().rate(&movie, 7);
    app.wait_for_scores(&movie, &[7]);
    let answer = app.at_root("/metrics").expect(200);
    assert!(answer.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")));
    eventually(Vec::<&str>::new(), || {
        let metrics = app.at_root("/metrics").text();
        let of_requests = ["reelmark_http_requests_total", "reelmark_http_request_seconds_bucket"];
        let of_work = [
            "reelmark_outbox_relayed_total",
            "reelmark_commit_to_summary_seconds_bucket",
            "reelmark_deliveries_settled_total",
        ];
        let of_work = of_work.into_iter().filter(|_| app.launch().has_worker_inside());
        let names = of_requests.into_iter().chain(of_work);
        names.filter(|name| !metrics.contains(name)).collect()
    });
}

/// Paths are counted by their template, so that neither people nor numbers of movies show.
fn metrics_name_nobody(app: &TestApp) {
    let member = app.somebody();
    app.get(&member.profile()).expect(200);
    app.at_root("/nothing-here-either").problem(404, "not_found");
    let metrics = app.at_root("/metrics").expect(200).text();
    assert!(metrics.contains("/api/v1/users/{username}"), "{metrics}");
    assert!(!metrics.contains(&member.username) && !metrics.contains("nothing-here-either"));
}

fn the_web_pages_are_served_by_the_program_itself(app: &TestApp) {
    for path in ["/", "/docs"] {
        let page = app.at_root(path).expect(200);
        let kind = page.header("content-type").unwrap_or_default();
        assert!(kind.starts_with("text/html"), "{kind}");
        let text = page.text();
        assert!(
            !text.contains("src=\"http") && !text.contains("href=\"http"),
            "{path} needs others"
        );
    }
}
