//! Reports, which are asked for, made in the background and read later.

use serde_json::{Value, json};

use crate::support::catalogue::{histogram, histogram_of, items_of};
use crate::support::scenario::Scenario;
use crate::support::{Member, Movie, Stack, TestApp, wait_for};
use crate::{alone, beside_others};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = alone![reports_that_are_queued_at_a_stop_are_made_after_it];
    scenarios.extend(beside_others![
        a_movie_report_tells_what_was_rated,
        a_user_report_tells_of_the_own_ratings,
        a_user_report_compares_with_everybody_else,
        a_catalogue_report_is_for_admins,
        a_report_about_somebody_else_is_for_admins,
        a_period_leaves_other_days_out,
        a_finished_report_comes_as_csv_and_as_a_page,
        a_finished_report_is_not_sent_twice,
        a_report_is_shown_to_its_owner_and_to_admins_alone,
        a_movie_that_is_gone_gets_no_report,
        the_list_has_the_own_reports_newest_first,
        a_request_that_makes_no_sense_is_refused,
    ]);
    scenarios
}

/// Asks for a report and returns its path below `/api/v1`.
#[track_caller]
fn ask(member: &Member, request: &Value) -> String {
    let accepted = member.post("/reports", request).expect(202);
    let location = accepted.header("location").expect("a report has a place").to_owned();
    let report = accepted.json(202);
    assert_eq!(location, format!("/api/v1/reports/{}", report["id"]));
    assert_eq!((&report["kind"], &report["result"]), (&request["kind"], &json!(null)));
    location.trim_start_matches("/api/v1").to_owned()
}

/// The report once it is done or failed.
#[track_caller]
fn finished(member: &Member, path: &str) -> Value {
    wait_for("a finished report", || {
        let report = member.get(path).json(200);
        let status = report["status"].as_str().unwrap_or_default().to_owned();
        ["done", "failed"].contains(&status.as_str()).then_some(report)
    })
}

/// What a report says.
#[track_caller]
fn result(member: &Member, request: &Value) -> Value {
    let report = finished(member, &ask(member, request));
    assert_eq!((&report["status"], &report["failure"]), (&json!("done"), &json!(null)));
    report["result"].clone()
}

fn about(movie: &Movie) -> Value {
    json!({"kind": "movie", "subject": movie.id.to_string()})
}

/// A movie that so many of the crowd gave these scores.
fn rated(app: &TestApp, scores: &[i64]) -> Movie {
    let movie = app.somebody().add_movie(&json!({"title": "Up", "release_year": 2009}));
    for (member, score) in app.crowd(scores.len()).iter().zip(scores) {
        member.rate(&movie, *score);
    }
    movie
}

fn a_movie_report_tells_what_was_rated(app: &TestApp) {
    let scores = [1, 1, 10, 10];
    let movie = rated(app, &scores);
    app.wait_for_scores(&movie, &scores);

    let result = result(&app.sign_up("ada"), &about(&movie));

    assert_eq!(result["movie"], json!({"id": movie.id, "title": "Up", "release_year": 2009}));
    let numbers = &result["numbers"];
    assert_eq!(histogram(numbers), histogram_of(&scores));
    let [count, mean] = ["count", "mean"].map(|name| numbers[name].as_f64());
    assert_eq!((count, mean), (Some(4.0), Some(5.5)));
    let [spread, torn] = ["standard_deviation", "polarization"].map(|name| numbers[name].as_f64());
    assert_eq!((spread, torn), (Some(4.5), Some(1.0)));
    assert!(result["weighted_score"].as_f64().is_some_and(|score| score > 1.0 && score < 10.0));
    let months = result["by_month"].as_array().expect("there should be months");
    let total: u64 = months.iter().filter_map(|month| month["count"].as_u64()).sum();
    assert_eq!(total, 4);
}

fn a_user_report_tells_of_the_own_ratings(app: &TestApp) {
    let ada = app.sign_up("ada");
    let stalker = json!({"title": "Stalker", "release_year": 1979, "genres": ["Drama", "Sci-Fi"]});
    let stalker = ada.add_movie(&stalker);
    let mirror = json!({"title": "Mirror", "release_year": 1975, "genres": ["Drama"]});
    let mirror = ada.add_movie(&mirror);
    ada.rate(&stalker, 9);
    ada.rate(&mirror, 8);

    let result = result(&ada, &json!({"kind": "user"}));

    assert_eq!(result["username"], ada.username.as_str());
    assert_eq!(histogram(&result["numbers"]), histogram_of(&[9, 8]));
    let drama = json!({"key": "Drama", "count": 2, "mean": 8.5});
    let fiction = json!({"key": "Sci-Fi", "count": 1, "mean": 9.0});
    assert_eq!(result["by_genre"], json!([drama, fiction]));
    assert_eq!(result["by_decade"], json!([{"key": "1970s", "count": 2, "mean": 8.5}]));
    let year = &result["years"][0];
    assert_eq!((&year["count"], &year["longest_streak_days"]), (&json!(2), &json!(1)));
    assert_eq!(year["top_rated"][0]["movie"]["id"], stalker.id);
}

fn a_user_report_compares_with_everybody_else(app: &TestApp) {
    let (ada, others) = (app.sign_up("ada"), [4, 4, 4, 4, 4]);
    let movie = rated(app, &others);
    ada.rate(&movie, 9);
    app.wait_for_scores(&movie, &[4, 4, 4, 4, 4, 9]);

    let result = result(&ada, &json!({"kind": "user", "subject": ada.username}));

    let generous = &result["most_generous"][0];
    assert_eq!(
        (&generous["movie"]["id"], &generous["others_count"]),
        (&json!(movie.id), &json!(5))
    );
    assert_eq!((&generous["others_mean"], &generous["difference"]), (&json!(4.0), &json!(5.0)));
    assert_eq!(result["least_generous"], json!([]));
}

fn a_catalogue_report_is_for_admins(app: &TestApp) {
    let catalogue = json!({"kind": "catalogue"});
    rated(app, &[8]);
    app.curator().post("/reports", &catalogue).problem(403, "forbidden");

    let result = result(&app.admin(), &catalogue);

    for name in ["movies", "users", "unrated"] {
        assert!(result[name].as_u64().is_some_and(|count| count > 0), "{name}: {result:#}");
    }
    assert!(!result["by_day"].as_array().expect("days").is_empty());
    assert!(!result["most_active"].as_array().expect("raters").is_empty());
}

fn a_report_about_somebody_else_is_for_admins(app: &TestApp) {
    let (ada, bob) = (app.sign_up("ada"), app.sign_up("bob"));
    let about_bob = json!({"kind": "user", "subject": bob.username});
    ada.post("/reports", &about_bob).problem(403, "forbidden");
    let about_nobody = json!({"kind": "user", "subject": "nobody-at-all"});
    ada.post("/reports", &about_nobody).problem(403, "forbidden");
    app.admin().post("/reports", &about_nobody).problem(404, "user_not_found");
    assert_eq!(result(&app.admin(), &about_bob)["username"], bob.username.as_str());
}

fn a_period_leaves_other_days_out(app: &TestApp) {
    let movie = rated(app, &[8]);
    let subject = movie.id.to_string();
    let ada = app.somebody();
    let cases = [
        (json!({"from": "2020-01-01", "to": null}), 1),
        (json!({"from": "2020-01-01", "to": "2020-01-01"}), 0),
        (json!({"from": null, "to": "2020-01-01"}), 0),
        (json!({"from": "2999-01-01", "to": null}), 0),
    ];
    for (period, expected) in cases {
        let mut request = json!({"kind": "movie", "subject": subject});
        request["from"] = period["from"].clone();
        request["to"] = period["to"].clone();
        let report = finished(&ada, &ask(&ada, &request));
        assert_eq!(report["result"]["numbers"]["count"], expected, "{period}");
        assert_eq!((&report["from"], &report["to"]), (&period["from"], &period["to"]));
    }
}

fn a_finished_report_comes_as_csv_and_as_a_page(app: &TestApp) {
    let ada = app.somebody();
    let movie = ada.add_movie_titled("=1+1<script>alert(1)</script>");
    ada.rate(&movie, 8);
    let path = ask(&ada, &about(&movie));
    finished(&ada, &path);
    let as_type = |kind: &str| ada.call("GET", &path).header("accept", kind).send();

    let csv = as_type("text/csv").expect(200);
    assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8"));
    let lines: Vec<String> = csv.text().lines().map(str::to_owned).collect();
    assert_eq!(lines[0], "section,row,column,value");
    let title = "summary,title,value,'=1+1<script>alert(1)</script>";
    for line in [title, "summary,ratings,value,1", "histogram,8,count,1", "histogram,7,count,0"] {
        assert!(lines.iter().any(|found| found == line), "{line}: {lines:#?}");
    }

    let page = as_type("text/html").expect(200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    let policy = page.header("content-security-policy").unwrap_or_default().to_owned();
    assert!(policy.contains("style-src 'self'") && !policy.contains("unsafe"), "{policy}");
    let text = page.text();
    assert!(text.contains("<svg") && text.contains("&lt;script&gt;"), "{text}");
    for inline in ["<script", "<style", " style="] {
        assert!(!text.contains(inline), "{inline}: {text}");
    }
    app.at_root("/report.css").expect(200);

    as_type("application/pdf").problem(406, "not_acceptable");
}

fn a_finished_report_is_not_sent_twice(app: &TestApp) {
    let ada = app.somebody();
    let path = ask(&ada, &about(&rated(app, &[8])));
    finished(&ada, &path);
    for kind in ["application/json", "text/csv", "text/html"] {
        let etag = ada.call("GET", &path).header("accept", kind).send().expect(200).etag();
        let again = ada.call("GET", &path).header("accept", kind).header("if-none-match", &etag);
        again.send().expect(304);
    }
}

fn a_report_is_shown_to_its_owner_and_to_admins_alone(app: &TestApp) {
    let ada = app.sign_up("ada");
    let path = ask(&ada, &json!({"kind": "user"}));
    finished(&ada, &path);
    app.admin().get(&path).expect(200);
    app.curator().get(&path).problem(404, "report_not_found");
    app.get(&path).problem(401, "unauthenticated");
    let of_another = app.somebody().call("GET", &path).header("accept", "text/csv").send();
    of_another.problem(404, "report_not_found");
    ada.get("/reports/9223372036854775807").problem(404, "report_not_found");
    ada.get("/reports/none").refuses([("id", "out_of_range")]);
}

fn a_movie_that_is_gone_gets_no_report(app: &TestApp) {
    let ada = app.somebody();
    let movie = ada.add_movie_titled("Gone");
    app.curator().delete(&movie.path()).expect(204);
    ada.post("/reports", &about(&movie)).problem(404, "movie_not_found");
}

fn the_list_has_the_own_reports_newest_first(app: &TestApp) {
    let ada = app.sign_up("ada");
    assert_eq!(ada.items("/reports"), Vec::<Value>::new());
    let asked: Vec<String> = (0..3).map(|_| ask(&ada, &json!({"kind": "user"}))).collect();
    for path in &asked {
        finished(&ada, path);
    }

    let first = ada.get("/reports?limit=2&count=exact").json(200);
    assert_eq!(first["total"], 3);
    let cursor = first["next_cursor"].as_str().expect("there is a next page");
    let second = ada.get(&format!("/reports?limit=2&cursor={cursor}")).json(200);
    assert_eq!(second["next_cursor"], json!(null));
    let items = [items_of(&first), items_of(&second)].concat();
    let paths: Vec<_> = items.iter().rev().map(|item| format!("/reports/{}", item["id"])).collect();
    assert_eq!(paths, asked);
    assert!(items.iter().all(|item| item.get("result").is_none() && item["status"] == "done"));
    app.get("/reports").problem(401, "unauthenticated");
}

fn a_request_that_makes_no_sense_is_refused(app: &TestApp) {
    let ada = app.sign_up("ada");
    let refuse = |request: Value| ada.post("/reports", &request);
    refuse(json!({})).refuses([("kind", "required")]);
    refuse(json!({"kind": "movie", "from": "soon"}))
        .refuses([("subject", "required"), ("from", "malformed")]);
    refuse(json!({"kind": "user", "from": "2026-03-02", "to": "2026-03-01"}))
        .refuses([("to", "malformed")]);
    refuse(json!({"kind": "user", "format": "pdf"})).refuses([("format", "unknown_field")]);
    app.post("/reports", &json!({"kind": "user"})).problem(401, "unauthenticated");
    assert_eq!(ada.items("/reports"), Vec::<Value>::new());
}

/// Without a worker they wait, so this is also where unfinished ones can be looked at.
fn reports_that_are_queued_at_a_stop_are_made_after_it(stack: Stack) {
    let launch = stack.launch();
    let app = launch.clone().without_worker().start();
    let ada = app.sign_up("ada");
    let about_ada = json!({"kind": "user"});
    let path = ask(&ada, &about_ada);
    let waiting = ada.get(&path).expect(200);
    assert_eq!(waiting.header("retry-after"), Some("1"));
    assert_eq!(waiting.json(200)["status"], "queued");
    let csv = ada.call("GET", &path).header("accept", "text/csv").send().expect(409);
    assert_eq!(csv.header("retry-after"), Some("1"));
    csv.problem(409, "report_not_ready");
    for _ in 1..20 {
        ask(&ada, &about_ada);
    }
    ada.post("/reports", &about_ada).problem(409, "too_many_reports");
    app.stop();

    let app = launch.start();

    let ada = ada.at(&app);
    assert_eq!(finished(&ada, &path)["result"]["username"], ada.username.as_str());
    wait_for("all reports", || {
        let reports = ada.items("/reports");
        reports.iter().all(|report| report["status"] == "done").then_some(())
    });
    ask(&ada, &about_ada);
}
