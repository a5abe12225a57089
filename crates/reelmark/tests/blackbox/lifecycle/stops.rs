use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::alone;
use crate::support::race::RaisedAtLast;
use crate::support::raw::RawConnection;
use crate::support::scenario::Scenario;
use crate::support::{Member, Movie, Stack, TestApp, eventually, unique, wait_for};

/// How long clients keep on asking after the service has said it is going.
const CLIENTS_NOTICE_WITHIN: Duration = Duration::from_secs(1);

pub fn scenarios() -> Vec<Scenario> {
    alone![
        a_stop_under_load_fails_no_request,
        a_request_under_way_is_answered_before_the_stop,
        a_second_signal_stops_at_once,
        operators_are_answered_at_an_address_of_their_own,
    ]
}

/// As behind a load balancer: once the service is not ready any more, new requests soon go
/// elsewhere, and until then all are answered.
fn a_stop_under_load_fails_no_request(stack: Stack) {
    let app = stack.launch().with("DRAIN_SECONDS", "3").start();
    let member = app.sign_up("ada");
    let movie = member.add_movie_titled("Up");
    let has_noticed = &AtomicBool::new(false);
    let failures = &Mutex::new(Vec::new());
    let closing = &AtomicBool::new(false);

    thread::scope(|scope| {
        for number in 0..6 {
            let (member, movie) = (&member, &movie);
            scope.spawn(move || {
                while !has_noticed.load(Ordering::Relaxed) {
                    match ask(member, movie, number) {
                        Ok(is_closing) => closing.fetch_or(is_closing, Ordering::Relaxed),
                        Err(failure) => return failures.lock().unwrap().push(failure),
                    };
                }
            });
        }
        let notice = RaisedAtLast(has_noticed);
        eventually(true, || app.movie(&movie)["rating_summary"]["count"] == 1);
        app.process().signal("TERM");
        let draining = wait_for("readiness to go", || {
            let answer = app.at_root("/health/ready");
            (answer.status == 503).then_some(answer)
        });
        assert_eq!(draining.value()["status"], "draining");
        app.at_root("/health/live").expect(200);
        thread::sleep(CLIENTS_NOTICE_WITHIN);
        drop(notice);
    });

    assert_eq!(*failures.lock().unwrap(), Vec::<String>::new());
    assert!(closing.load(Ordering::Relaxed), "clients should be asked to connect anew");
    assert!(app.process().wait().succeeded);
}

/// One request; whether the answer asked to connect anew.
fn ask(member: &Member, movie: &Movie, number: i64) -> Result<bool, String> {
    let call = match number % 2 {
        0 => member.call("GET", &movie.path()),
        _ => member.call("PUT", &movie.rating()).json(&json!({"score": number})),
    };
    let answer = call.try_send().map_err(|error| format!("{error:?}"))?;
    if !matches!(answer.status, 200 | 201) {
        return Err(answer.describe());
    }
    Ok(answer.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close")))
}

fn a_request_under_way_is_answered_before_the_stop(stack: Stack) {
    let app = stack.launch().start();
    let (member, title) = (app.sign_up("ada"), unique("Late"));
    let body = json!({"title": title}).to_string();
    let mut connection = RawConnection::open(&app);
    connection.say(format!(
        "POST /api/v1/movies HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
        member.token,
        body.len(),
        &body[..5],
    ));
    // Whoever connects later is answered later, so the service has the first half by now.
    (0..4).for_each(|_| drop(app.get("/movies?limit=1").expect(200)));

    app.process().signal("TERM");
    wait_for("the service to be stopping", || refuses_connections(&app).then_some(()));
    connection.say(&body[5..]);

    connection.answer().expect(201);
    assert!(app.process().wait().succeeded);
    let app = app.launch().start();
    assert!(app.titles(&format!("/movies?query={title}")).contains(&title));
}

/// New connections may still be taken in by the system, but nobody answers them.
fn refuses_connections(app: &TestApp) -> bool {
    app.process().log().contains("stopping")
}

fn a_second_signal_stops_at_once(stack: Stack) {
    let app = stack.launch().with("DRAIN_SECONDS", "600").start();
    app.process().signal("TERM");
    eventually(503, || app.at_root("/health/ready").status);
    app.process().signal("INT");
    let ended = app.process().wait();
    assert!(!ended.succeeded, "requests may have been cut off");
}

fn operators_are_answered_at_an_address_of_their_own(stack: Stack) {
    let launch = stack.launch().with("OPERATIONS_ADDRESS", "127.0.0.1:0");
    let app = launch.with("DRAIN_SECONDS", "600").start();
    let said = app.process().stdout();
    let (_, address) = said.split_once("Health and metrics are at ").expect("it should be said");
    let url = |path: &str| format!("{}{path}", address.lines().next().unwrap_or_default());
    let status =
        |path: &str| app.client().get(url(path)).send().expect("an answer").status().as_u16();

    assert_eq!(["/health/live", "/health/ready", "/metrics"].map(status), [200, 200, 200]);
    assert_eq!(status("/api/v1/movies"), 404);

    app.process().signal("TERM");
    eventually(503, || status("/health/ready"));
    assert_eq!(status("/health/live"), 200);
    app.process().signal("INT");
}
