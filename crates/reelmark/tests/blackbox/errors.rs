//! Requests that can't be understood, and what they are answered with.

mod slow_and_broken;

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::call::Call;
use crate::support::scenario::Scenario;
use crate::support::{TestApp, unique};

const JSON: &str = "application/json";

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = slow_and_broken::scenarios();
    scenarios.extend(beside_others![
        a_body_that_is_not_json_is_refused,
        a_body_of_another_type_is_refused,
        a_body_of_another_shape_is_refused,
        json_nested_200_deep_is_refused,
        a_body_of_33_kib_is_refused,
        a_body_of_32_kib_is_read,
        where_nothing_is_nothing_is_found,
        a_method_that_is_not_supported_is_refused_with_those_that_are,
        every_answer_names_its_request,
        the_clients_own_request_id_is_kept_when_it_is_harmless,
        nobody_is_told_what_went_wrong_inside,
    ]);
    scenarios
}

fn post(app: &TestApp, kind: &str, body: impl Into<Vec<u8>>) -> Call {
    app.somebody().call("POST", "/movies").body(kind, body)
}

fn a_body_that_is_not_json_is_refused(app: &TestApp) {
    let latin1: &[u8] = b"{\"title\":\"Am\xe9lie\"}";
    let utf16: Vec<u8> = r#"{"title":"Up"}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for body in [
        &b""[..],
        b"{",
        b"title=Up",
        b"{\"title\":\"Up\"} {}",
        b"{\"title\":\"Up\"}x",
        b"{'title':'Up'}",
        b"{\"title\":\"Up\",}",
        b"{\"title\":\"a\nb\"}",
        b"\xef\xbb\xbf{\"title\":\"Up\"}",
        latin1,
        &utf16,
    ] {
        post(app, JSON, body).send().problem(400, "malformed_json");
    }
    app.call("POST", "/auth/login").body(JSON, "{").send().problem(400, "malformed_json");
}

fn a_body_of_another_type_is_refused(app: &TestApp) {
    let title = unique("Mistyped");
    let body = json!({"title": title}).to_string();
    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/jsonp",
        "application/problem+json",
        "",
    ] {
        post(app, kind, body.clone()).send().problem(415, "unsupported_media_type");
    }
    let movie = app.somebody().add_movie_titled("Up");
    let rating = app.somebody().call("PUT", &movie.rating()).body("text/plain", r#"{"score":7}"#);
    rating.send().problem(415, "unsupported_media_type");
    assert!(!app.titles(&format!("/movies?query={title}")).contains(&title));
    for kind in ["application/json; charset=utf-8", "Application/JSON"] {
        post(app, kind, body.clone()).send().expect(201);
    }
}

fn a_body_of_another_shape_is_refused(app: &TestApp) {
    for body in ["[]", "null", "7", "\"Up\"", "true"] {
        post(app, JSON, body).send().refuses([("body", "invalid_type")]);
    }
}

fn json_nested_200_deep_is_refused(app: &TestApp) {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    let in_a_field = format!(r#"{{"title":{deep}}}"#);
    let unknown = format!(r#"{{"title":"Up","more":{deep}}}"#);
    for body in [deep, in_a_field, unknown] {
        let answer = post(app, JSON, body).send();
        assert!(matches!(answer.status, 400 | 422), "{}", answer.describe());
        let code = if answer.status == 400 { "malformed_json" } else { "validation_failed" };
        let status = answer.status;
        answer.problem(status, code);
    }
    let unclosed = "[".repeat(30_000);
    let answer = post(app, JSON, format!(r#"{{"title":{unclosed}"#)).send();
    assert!(matches!(answer.status, 400 | 422), "{}", answer.describe());
    app.at_root("/health/live").expect(200);
}

/// A movie in exactly so many bytes, with blanks where JSON allows them.
fn movie_in(bytes: usize, title: &str) -> String {
    let body = json!({"title": title}).to_string();
    let blanks = " ".repeat(bytes - body.len());
    format!("{{{blanks}{}", &body[1..])
}

fn a_body_of_33_kib_is_refused(app: &TestApp) {
    let title = unique("Large");
    for bytes in [32 * 1024 + 1, 33 * 1024, 1024 * 1024] {
        post(app, JSON, movie_in(bytes, &title)).send().problem(413, "body_too_large");
    }
    assert!(!app.titles(&format!("/movies?query={title}")).contains(&title));
}

fn a_body_of_32_kib_is_read(app: &TestApp) {
    let title = unique("Large");
    post(app, JSON, movie_in(32 * 1024, &title)).send().expect(201);
    assert!(app.titles(&format!("/movies?query={title}")).contains(&title));
}

fn where_nothing_is_nothing_is_found(app: &TestApp) {
    for path in [
        "/api/v1/nothing",
        "/api/v1",
        "/api/v1/movies/1/nothing",
        "/api/v2/movies",
        "/nothing",
        "/docs/nothing.js",
        "/../etc/passwd",
        "/docs/%2e%2e/%2e%2e/Cargo.toml",
    ] {
        app.at_root(path).problem(404, "not_found");
    }
    Call::new(app, "POST", "/nothing").json(&json!({})).send().problem(404, "not_found");
}

fn a_method_that_is_not_supported_is_refused_with_those_that_are(app: &TestApp) {
    for (method, path, supported) in [
        ("PUT", "/api/v1/movies", "GET, POST"),
        ("PUT", "/api/v1/users/me", "GET, PATCH, DELETE"),
        ("POST", "/api/v1/movies/1", "GET, PATCH, DELETE"),
        ("PATCH", "/api/v1/movies/1/rating", "GET, PUT, DELETE"),
        ("POST", "/api/v1/movies/1/ratings", "GET"),
        ("GET", "/api/v1/auth/login", "POST"),
        ("GET", "/api/v1/users", "POST"),
        ("DELETE", "/api/v1/charts/top-rated", "GET"),
        ("TRACE", "/api/v1/movies", "GET, POST"),
        ("BREW", "/api/v1/movies", "GET, POST"),
        ("POST", "/health/live", "GET"),
        ("DELETE", "/metrics", "GET"),
    ] {
        let answer = Call::new(app, method, path).send();
        // HEAD comes with GET, OPTIONS may.
        let allowed = answer.header("allow").unwrap_or_default().to_owned();
        let mut allowed: Vec<_> =
            allowed.split(", ").filter(|name| !matches!(*name, "HEAD" | "OPTIONS")).collect();
        let mut expected: Vec<_> = supported.split(", ").collect();
        allowed.sort_unstable();
        expected.sort_unstable();
        assert_eq!(allowed, expected, "{}", answer.describe());
        answer.problem(405, "method_not_allowed");
    }
}

fn every_answer_names_its_request(app: &TestApp) {
    let names: Vec<Option<String>> =
        ["/health/live", "/health/ready", "/api/v1/movies", "/nothing", "/docs", "/metrics"]
            .map(|path| app.at_root(path).header("x-request-id").map(str::to_owned))
            .into();
    for name in &names {
        assert!(name.as_ref().is_some_and(|name| name.len() >= 16), "{names:?}");
        assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{names:?}");
    }
}

fn the_clients_own_request_id_is_kept_when_it_is_harmless(app: &TestApp) {
    let ask = |id: &[u8]| app.call("GET", "/movies/0").header("x-request-id", id).send();
    let answer = ask(b"my-Request_7");
    assert_eq!(answer.header("x-request-id"), Some("my-Request_7"));
    answer.problem(422, "validation_failed");
    for harmful in [&b"a b"[..], b"a\"b", b"a{b}", b"", &[b'a'; 300], b"\xff\xfe", b"a;b=c"] {
        let answer = ask(harmful);
        let given = answer.header("x-request-id").expect("there should be an id");
        assert_ne!(given.as_bytes(), harmful);
        answer.problem(422, "validation_failed");
    }
}

/// Errors are told in our words: nothing of libraries, files, SQL or types comes through.
fn nobody_is_told_what_went_wrong_inside(app: &TestApp) {
    let problems = [
        post(app, JSON, "{").send().value(),
        post(app, JSON, r#"{"title":[]}"#).send().value(),
        app.get("/movies?limit=x").value(),
        app.get("/movies/x").value(),
        app.get("/movies?cursor=x").value(),
        app.at_root("/nothing").value(),
    ];
    for problem in problems {
        let text = problem.to_string();
        for word in ["serde", "actix", "src/", ".rs", "SELECT", "panicked", "Option<", "rusqlite"] {
            assert!(!text.contains(word), "{word}: {problem:#}");
        }
        assert_ne!(problem["detail"], Value::Null);
    }
}
