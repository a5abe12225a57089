//! What keeps others out.

mod canaries;
mod enumeration;
mod every_operation;
mod extra_fields;
mod forged_tokens;
mod permissions;

use serde_json::json;

use crate::beside_others;
use crate::support::TestApp;
use crate::support::call::Call;
use crate::support::launch::ORIGIN;
use crate::support::scenario::Scenario;

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        every_answer_has_the_headers_that_protect_browsers,
        pages_may_run_no_code_of_others,
        only_pages_of_allowed_origins_may_read_answers,
        only_pages_of_allowed_origins_may_send_requests,
        answers_about_somebody_are_kept_by_nobody_else,
    ];
    scenarios.extend(permissions::scenarios());
    scenarios.extend(extra_fields::scenarios());
    scenarios.extend(forged_tokens::scenarios());
    scenarios.extend(enumeration::scenarios());
    scenarios.extend(canaries::scenarios());
    scenarios
}

fn every_answer_has_the_headers_that_protect_browsers(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Up");
    let answers = [
        app.at_root("/health/live"),
        app.at_root("/nothing"),
        app.at_root("/docs"),
        app.get("/movies"),
        app.get("/movies/0"),
        app.get("/users/me"),
        app.call("PUT", "/movies").send(),
        app.call("POST", "/movies").body("text/plain", "x").token("x").send(),
        app.call("GET", &movie.path()).header("if-none-match", &movie.etag).send(),
        app.somebody().put(&movie.rating(), &json!({"score": 7})),
    ];
    for answer in answers {
        for (name, expected) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(expected), "{name} of {}", answer.describe());
        }
        assert!(answer.header("cache-control").is_some(), "{}", answer.describe());
        assert!(answer.header("content-security-policy").is_some(), "{}", answer.describe());
        assert_eq!(answer.header("server"), None, "{}", answer.describe());
    }
}

fn pages_may_run_no_code_of_others(app: &TestApp) {
    for path in ["/", "/docs"] {
        let page = app.at_root(path).expect(200);
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'none'"), "{policy}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe-") && !policy.contains("http"), "{policy}");
    }
}

fn only_pages_of_allowed_origins_may_read_answers(app: &TestApp) {
    let from = |origin: &str| app.call("GET", "/movies?limit=1").header("origin", origin).send();
    let allowed = from(ORIGIN).expect(200);
    assert_eq!(allowed.header("access-control-allow-origin"), Some(ORIGIN));
    let exposed = allowed.header("access-control-expose-headers").unwrap_or_default();
    assert!(exposed.to_lowercase().contains("etag"), "{exposed}");
    for origin in ["https://evil.example", "null", "https://movies.example.org.evil.example"] {
        let refused = from(origin);
        assert_eq!(refused.header("access-control-allow-origin"), None, "{origin}");
    }
}

fn only_pages_of_allowed_origins_may_send_requests(app: &TestApp) {
    let preflight = |origin: &str| {
        Call::new(app, "OPTIONS", "/api/v1/movies/1/rating")
            .header("origin", origin)
            .header("access-control-request-method", "PUT")
            .header("access-control-request-headers", "authorization,content-type")
            .send()
    };
    let allowed = preflight(ORIGIN);
    assert!(matches!(allowed.status, 200 | 204), "{}", allowed.describe());
    assert_eq!(allowed.header("access-control-allow-origin"), Some(ORIGIN));
    let methods = allowed.header("access-control-allow-methods").unwrap_or_default();
    assert!(methods.contains("PUT"), "{methods}");
    let refused = preflight("https://evil.example");
    assert_eq!(refused.header("access-control-allow-origin"), None);
}

fn answers_about_somebody_are_kept_by_nobody_else(app: &TestApp) {
    let member = app.somebody();
    let movie = member.add_movie_titled("Up");
    member.rate(&movie, 7);
    for path in ["/users/me".to_owned(), movie.rating()] {
        let answer = member.get(&path).expect(200);
        let caching = answer.header("cache-control").unwrap_or_default();
        assert!(caching.contains("private") || caching.contains("no-store"), "{path}: {caching}");
    }
}
