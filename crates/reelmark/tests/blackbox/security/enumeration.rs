//! Telling accounts from names that nobody has.

use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::member::patiently;
use crate::support::scenario::Scenario;
use crate::support::secrets::PASSWORD_CANARY;
use crate::support::{Answer, Member, Stack, TestApp, unique_name};
use crate::throttling::guest::hashes;
use crate::{alone, beside_others, on_demand};

/// How many attempts of each kind make a median.
const ATTEMPTS: usize = 15;
const ROUNDS: usize = 3;

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![unknown_wrong_and_disabled_are_answered_byte_for_byte_alike];
    scenarios.extend(alone![unknown_wrong_and_disabled_cost_one_hash_each]);
    scenarios.extend(on_demand![Embedded: unknown_wrong_and_disabled_take_the_same_time]);
    scenarios
}

/// What somebody types who is not let in.
fn refused_logins(app: &TestApp) -> [(&'static str, String, String); 3] {
    let (known, disabled) = (app.sign_up("known"), app.sign_up("disabled"));
    let closed = app.launch().run(&["user", "disable", &disabled.username]);
    assert!(closed.succeeded, "{}", closed.stderr);
    let Member { username, password, .. } = disabled;
    let wrong = format!("{PASSWORD_CANARY} guessed");
    [
        ("unknown", unique_name("nobody"), wrong.clone()),
        ("wrong", known.username, wrong),
        ("disabled", username, password),
    ]
}

fn log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    let body = json!({"login": login, "password": password});
    let call = || app.call("POST", "/auth/login").header("x-request-id", "same").json(&body);
    patiently(|| call().send()).expect(401)
}

fn unknown_wrong_and_disabled_are_answered_byte_for_byte_alike(app: &TestApp) {
    let seen = refused_logins(app).map(|(kind, login, password)| {
        let answer = log_in(app, &login, &password);
        (kind, headers_in_order(&answer), answer.text())
    });
    for (kind, headers, body) in &seen {
        assert_eq!((headers, body), (&seen[0].1, &seen[0].2), "{kind} can be told from unknown");
    }
}

/// Neither the order of headers nor that of the names in a list means anything; both differ from
/// one thread of the service to the next.
fn headers_in_order(answer: &Answer) -> Vec<(String, Vec<String>)> {
    let headers = answer.headers.iter().filter(|(name, _)| *name != "date");
    let mut headers: Vec<_> = headers
        .map(|(name, value)| {
            let value = value.to_str().expect("a header should be readable");
            let mut words: Vec<_> = value.split(", ").map(str::to_owned).collect();
            words.sort_unstable();
            (name.to_string(), words)
        })
        .collect();
    headers.sort_unstable();
    headers
}

fn unknown_wrong_and_disabled_cost_one_hash_each(stack: Stack) {
    let app = stack.launch().start();
    for (kind, login, password) in refused_logins(&app) {
        let before = hashes(&app);
        log_in(&app, &login, &password);
        assert_eq!(hashes(&app) - before, 1, "{kind}");
    }
    app.stop();
}

/// Judges time, so it is run by itself, on a machine with nothing else to do:
/// `cargo test -p reelmark --test blackbox -- --ignored`.
fn unknown_wrong_and_disabled_take_the_same_time() {
    let app = Stack::Embedded.launch().start();
    let logins = refused_logins(&app);
    let mut seen = Vec::new();
    for _ in 0..ROUNDS {
        let medians = medians(&app, &logins);
        let (least, most) = (medians.iter().min().unwrap(), medians.iter().max().unwrap());
        // The least is a hash and little else.
        if (*most - *least).as_secs_f64() < 0.3 * least.as_secs_f64() {
            return app.stop();
        }
        seen.push(medians);
    }
    panic!("time tells unknown, wrong and disabled apart: {seen:?}");
}

/// The kinds take turns, so that whatever else slows the machine down slows them all down.
fn medians(app: &TestApp, logins: &[(&str, String, String); 3]) -> [Duration; 3] {
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..ATTEMPTS {
        for ((_, login, password), times) in logins.iter().zip(&mut times) {
            let began = Instant::now();
            log_in(app, login, password);
            times.push(began.elapsed());
        }
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[ATTEMPTS / 2]
    })
}
