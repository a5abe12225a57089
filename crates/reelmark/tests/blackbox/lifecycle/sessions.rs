use reelmark_testkit::servers::EphemeralRedis;
use serde_json::json;

use crate::sessions::{ELSEWHERE_WITHIN, log_out, refresh, refreshed};
use crate::support::launch::JWT_SECRET;
use crate::support::member::patiently;
use crate::support::patience::within;
use crate::support::scenario::Scenario;
use crate::support::stack::{broker, new_database};
use crate::support::{Launch, Member, Stack, TestApp};
use crate::{alone, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = alone![
        keys_are_changed_without_signing_anybody_out,
        a_password_is_hashed_anew_when_the_cost_was_raised,
    ];
    scenarios.extend(only_on![Full: what_is_ended_at_one_replica_is_refused_by_the_other]);
    scenarios
}

/// The very next call is refused where it was ended, and a moment later everywhere, with the cache
/// and without it.
fn what_is_ended_at_one_replica_is_refused_by_the_other() {
    let redis = EphemeralRedis::start();
    let launch =
        Launch::full(&new_database(), &redis.url(), &broker()).with("STARTER_CATALOGUE", "off");
    let (here, there) = (launch.start(), launch.start());
    let everything_ends_in_time = || {
        leaving_acts_in_time(&here, &there);
        losing_a_role_acts_in_time(&here, &there);
    };
    everything_ends_in_time();
    redis.crash();
    everything_ends_in_time();
}

fn leaving_acts_in_time(here: &TestApp, there: &TestApp) {
    let member = here.sign_up("leaving");
    let at_there = refreshed(&member.at(there));
    at_there.get("/users/me").expect(200);
    at_there.at(here).get("/users/me").expect(200);
    log_out(&member).expect(204);
    at_there.at(here).get("/users/me").problem(401, "invalid_token");
    within(ELSEWHERE_WITHIN, 401, || at_there.get("/users/me").status);
    at_there.get("/users/me").problem(401, "invalid_token");
    refresh(there, &at_there.refresh_token).problem(401, "invalid_refresh_token");
}

fn losing_a_role_acts_in_time(here: &TestApp, there: &TestApp) {
    let member = here.sign_up("demoted");
    let movie = member.add_movie_titled("Up");
    let path = format!("/users/{}/role", member.username);
    here.admin().put(&path, &json!({"role": "curator"})).expect(200);
    let edit = |replica: &TestApp, year: i64| {
        let changes = json!({"release_year": year});
        member.at(replica).patch(&movie.path(), "*", &changes)
    };
    edit(here, 2009).expect(200);
    within(ELSEWHERE_WITHIN, 200, || edit(there, 2010).status);
    here.admin().put(&path, &json!({"role": "member"})).expect(200);
    edit(here, 2011).problem(403, "forbidden");
    within(ELSEWHERE_WITHIN, 403, || edit(there, 2012).status);
    edit(there, 2013).problem(403, "forbidden");
}

/// One process after the other runs on the same data with the next setting.
fn keys_are_changed_without_signing_anybody_out(stack: Stack) {
    let launch = stack.launch().without("JWT_SECRET");
    let new_key = || {
        let made = launch.run(&["keys", "generate"]);
        assert!(made.succeeded, "{}", made.stderr);
        made.stdout.trim().to_owned()
    };
    let old = format!("old:{JWT_SECRET}");
    let new = new_key();
    assert_ne!(new, new_key());
    let with_keys = |keys: &str| launch.clone().with("JWT_KEYS", keys).start();

    let app = with_keys(&old);
    let ada = app.sign_up("ada");
    app.stop();

    let app = with_keys(&format!("{new},{old}"));
    ada.at(&app).get("/users/me").expect(200);
    let renewed = refreshed(&ada.at(&app));
    renewed.get("/users/me").expect(200);
    app.stop();

    let app = with_keys(&new);
    renewed.at(&app).get("/users/me").expect(200);
    ada.at(&app).get("/users/me").problem(401, "invalid_token");
    refreshed(&renewed.at(&app)).get("/users/me").expect(200);
}

fn a_password_is_hashed_anew_when_the_cost_was_raised(stack: Stack) {
    let launch = stack.launch();
    let app = launch.start();
    let ada = app.sign_up("ada");
    app.stop();

    let app = launch.clone().with("BCRYPT_COST", "11").start();
    ada.at(&app).get("/users/me").expect(200);
    for _ in 0..2 {
        Member::sign_in(&app, &ada.username, &ada.password).get("/users/me").expect(200);
    }
    let wrong = json!({"login": ada.username, "password": format!("{} x", ada.password)});
    patiently(|| app.post("/auth/login", &wrong)).problem(401, "invalid_credentials");
    assert!(!app.process().log().contains("hash was not replaced"));
}
