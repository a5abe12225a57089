//! What only a socket can be made to say.

use std::time::Duration;

use serde_json::json;

use crate::beside_others;
use crate::support::raw::RawConnection;
use crate::support::scenario::Scenario;
use crate::support::{Answer, TestApp, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        a_body_that_comes_too_slowly_is_cut_off,
        a_head_that_comes_too_slowly_is_cut_off,
        a_body_that_ends_early_stores_nothing,
        a_head_that_is_no_http_is_refused,
        a_chunked_body_has_the_same_limit,
        a_broken_chunked_body_is_refused,
        a_request_of_two_lengths_is_refused,
        a_head_without_end_is_refused,
        requests_one_behind_the_other_are_answered_in_order,
    ]
}

/// The head of a request by somebody who is signed in, up to where its body is described.
fn head(app: &TestApp, path: &str) -> String {
    let token = app.somebody().token;
    format!(
        "POST /api/v1{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: application/json\r\nConnection: close\r\n"
    )
}

fn say(app: &TestApp, request: &str) -> Answer {
    RawConnection::open(app).say(request).answer()
}

fn is_stored(app: &TestApp, title: &str) -> bool {
    app.titles(&format!("/movies?query={title}")).iter().any(|found| found == title)
}

fn a_body_that_comes_too_slowly_is_cut_off(app: &TestApp) {
    let title = unique("Slow");
    let mut connection = RawConnection::open(app);
    connection.say(head(app, "/movies")).say("Content-Length: 1000\r\n\r\n");
    connection.say(format!("{{\"title\":\"{title}\"}}"));

    let taken = connection.trickle(b' ');

    assert!(taken < Duration::from_secs(25), "it took {taken:?}");
    connection.answer().problem(408, "request_timeout");
    assert!(!is_stored(app, &title));
}

fn a_head_that_comes_too_slowly_is_cut_off(app: &TestApp) {
    let mut connection = RawConnection::open(app);
    connection.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    let taken = connection.trickle(b'x');
    assert!(taken < Duration::from_secs(15), "it took {taken:?}");
    let heard = String::from_utf8_lossy(&connection.everything()).into_owned();
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 408"), "{heard}");
}

fn a_body_that_ends_early_stores_nothing(app: &TestApp) {
    let title = unique("Early");
    let body = json!({"title": title}).to_string();
    let length = body.len() + 1;
    let request = format!("{}Content-Length: {length}\r\n\r\n{body}", head(app, "/movies"));
    let mut connection = RawConnection::open(app);
    connection.say(&request);
    drop(connection);
    app.somebody().add_movie_titled("Up");
    assert!(!is_stored(app, &title));
}

fn a_head_that_is_no_http_is_refused(app: &TestApp) {
    for head in [
        "nonsense\r\n\r\n",
        "GET /health/live\r\n\r\n",
        "GET /health/live HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nNo colon\r\n\r\n",
        "GET /health/live HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
        "GET  /health/live HTTP/1.1\r\nHost: a\r\n\r\n",
        "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\u{fc}\r\n\r\n",
    ] {
        let heard = RawConnection::open(app).say(head).everything();
        let heard = String::from_utf8_lossy(&heard).into_owned();
        assert!(heard.starts_with("HTTP/1.1 400"), "{head:?} was answered with {heard:?}");
    }
    app.at_root("/health/live").expect(200);
}

fn a_chunked_body_has_the_same_limit(app: &TestApp) {
    let title = unique("Chunked");
    let body = json!({"title": title}).to_string();
    let chunk = format!("{:x}\r\n{body}\r\n", body.len());
    let head = format!("{}Transfer-Encoding: chunked\r\n\r\n", head(app, "/movies"));
    say(app, &format!("{head}{chunk}0\r\n\r\n")).expect(201);

    let kib = format!("400\r\n{}\r\n", " ".repeat(1024));
    let large = format!("{head}{}{chunk}0\r\n\r\n", kib.repeat(33));
    say(app, &large).problem(413, "body_too_large");
}

fn a_broken_chunked_body_is_refused(app: &TestApp) {
    let head = format!("{}Transfer-Encoding: chunked\r\n\r\n", head(app, "/movies"));
    for chunk in ["xyz\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "fffffffffffffffff\r\n{}\r\n"]
    {
        let answer = say(app, &format!("{head}{chunk}"));
        assert_eq!(answer.status, 400, "{}", answer.describe());
    }
    app.at_root("/health/live").expect(200);
}

/// Two servers in a row that believe different lengths can be made to see different requests.
fn a_request_of_two_lengths_is_refused(app: &TestApp) {
    let title = unique("Smuggled");
    let body = json!({"title": title}).to_string();
    let length = body.len();
    let head = head(app, "/movies");
    for lengths in [
        format!("Content-Length: {length}\r\nContent-Length: 2\r\n"),
        format!("Content-Length: {length}\r\nTransfer-Encoding: chunked\r\n"),
        format!("Transfer-Encoding: chunked\r\nContent-Length: {length}\r\n"),
        format!("Content-Length: +{length}\r\n"),
        "Transfer-Encoding: xchunked\r\n".to_owned(),
    ] {
        let heard = RawConnection::open(app).say(format!("{head}{lengths}\r\n{body}")).everything();
        let heard = String::from_utf8_lossy(&heard).into_owned();
        assert!(heard.starts_with("HTTP/1.1 4"), "{lengths:?} was answered with {heard:?}");
    }
    assert!(!is_stored(app, &title));
}

fn a_head_without_end_is_refused(app: &TestApp) {
    let mut connection = RawConnection::open(app);
    connection.say("GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
    for number in 0..300 {
        connection.say(format!("X-Header-{number}: {}\r\n", "x".repeat(1_000)));
    }
    let heard = String::from_utf8_lossy(&connection.say("\r\n").everything()).into_owned();
    assert!(heard.is_empty() || heard.starts_with("HTTP/1.1 4"), "{heard}");
    app.at_root("/health/live").expect(200);
}

fn requests_one_behind_the_other_are_answered_in_order(app: &TestApp) {
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
    let requests = [get("/nothing"), get("/health/live"), get("/api/v1/movies/0")].concat();
    let last = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    let heard = RawConnection::open(app).say(requests + last).everything();
    let heard = String::from_utf8_lossy(&heard).into_owned();
    let statuses: Vec<&str> = heard.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses, ["404", "200", "422", "200"]);
}
