//! Limits that replicas share, and what becomes of them without Redis.

use std::time::Instant;

use reelmark_testkit::servers::EphemeralRedis;

use super::guessing::allowed;
use super::guest::{Guest, fallback_answers, hashes, limited, metric};
use crate::only_on;
use crate::support::scenario::Scenario;
use crate::support::stack::{broker, new_database};
use crate::support::{Launch, Stack, TestApp, at_once, eventually};

pub fn scenarios() -> Vec<Scenario> {
    only_on![Full:
        replicas_share_their_limits,
        limits_hold_while_redis_is_down_and_after_it_is_back,
    ]
}

fn replicas_share_their_limits() {
    let launch = limited(Stack::Full);
    let processes = [launch.spawn(), launch.spawn()];
    let [here, there] = processes.map(|process| TestApp::wait_for(launch.clone(), process));
    let ada = here.sign_up("ada");
    let guests = [&here, &there].map(|app| Guest::new(app, "192.0.2.1"));
    let (before, began) = (hashes(&here) + hashes(&there), Instant::now());

    at_once(100, |number| guests[number % 2].guess(&ada.username).status);

    let hashed = hashes(&here) + hashes(&there) - before;
    assert!(hashed <= allowed(began, &[&here, &there]), "{hashed} were hashed");
}

fn limits_hold_while_redis_is_down_and_after_it_is_back() {
    let redis = EphemeralRedis::start();
    let launch = Launch::full(&new_database(), &redis.url(), &broker());
    let launch = launch.with("STARTER_CATALOGUE", "off");
    let app = launch.with("RATE_LIMITS", "on").with("TRUSTED_PROXIES", "127.0.0.1").start();
    let ada = app.sign_up("ada");
    let is_on_its_own = || metric(&app, "reelmark_rate_limit_fallback_in_use", "") == 1;
    assert!(!is_on_its_own() && fallback_answers(&app) == 0);

    redis.crash();
    assert_limited(&app, &ada.username, "192.0.2.1");
    assert!(is_on_its_own(), "who else decided?");

    redis.restart();
    let mut numbers = 1..;
    eventually(false, || {
        let address = format!("198.51.100.{}", numbers.next().unwrap_or_default());
        Guest::new(&app, &address).guess("nobody");
        is_on_its_own()
    });
    assert_limited(&app, &ada.username, "192.0.2.2");
}

fn assert_limited(app: &TestApp, login: &str, address: &str) {
    let (before, began) = (hashes(app), Instant::now());
    let guest = Guest::new(app, address);
    let statuses: Vec<u16> = (0..20).map(|_| guest.guess(login).status).collect();
    assert_eq!((statuses[0], statuses[19]), (401, 429), "{statuses:?}");
    let hashed = hashes(app) - before;
    assert!(hashed <= allowed(began, &[app]), "{hashed} were hashed");
}
