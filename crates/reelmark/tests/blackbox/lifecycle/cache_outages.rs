use std::time::{Duration, Instant};

use reelmark_testkit::servers::EphemeralRedis;
use serde_json::{Value, json};

use crate::only_on;
use crate::support::catalogue::{histogram, histogram_of};
use crate::support::scenario::Scenario;
use crate::support::stack::{broker, new_database};
use crate::support::{Launch, Member, Movie, TestApp, eventually};

/// A read may take 50 ms longer without the cache; the rest is for a busy machine.
const USUAL_READ: Duration = Duration::from_millis(250);

/// How long reads are watched after the cache is back.
const WATCHED: Duration = Duration::from_secs(3);

pub fn scenarios() -> Vec<Scenario> {
    only_on![Full:
        a_cache_that_hangs_slows_nobody_and_brings_nothing_old_back,
        a_cache_that_crashes_slows_nobody_and_brings_nothing_old_back,
        a_service_can_start_without_its_cache,
    ]
}

struct Story {
    redis: EphemeralRedis,
    app: TestApp,
    members: [Member; 2],
    movie: Movie,
}

impl Story {
    /// A movie with one rating, of which the cache has a copy.
    fn begin() -> Self {
        let redis = EphemeralRedis::start();
        let launch =
            Launch::full(&new_database(), &redis.url(), &broker()).with("STARTER_CATALOGUE", "off");
        let app = launch.start();
        let members = [app.sign_up("ada"), app.sign_up("bob")];
        let movie = members[0].add_movie_titled("Up");
        members[0].rate(&movie, 8);
        app.wait_for_scores(&movie, &[8]);
        app.movie(&movie);
        Self { redis, app, members, movie }
    }

    fn assert_slows_nobody(&self) {
        let Self { app, members, movie, .. } = self;
        let mut times: Vec<Duration> = (0..21).map(|_| time_of_read(app, movie)).collect();
        times.sort_unstable();
        assert!(times[10] < USUAL_READ, "reads took {times:?}");
        eventually(json!("down"), || cache_status(app));
        app.at_root("/health/ready").expect(200);

        members[1].rate(movie, 3);
        app.wait_for_scores(movie, &[8, 3]);
        let admin_edit = app.curator().patch(&movie.path(), "*", &json!({"release_year": 2009}));
        admin_edit.expect(200);
        assert_eq!(app.movie(movie)["release_year"], 2009);
    }

    fn assert_nothing_old_comes_back(&self) {
        let Self { app, members, movie, .. } = self;
        let began = Instant::now();
        while began.elapsed() < WATCHED {
            let body = app.movie(movie);
            assert_eq!(histogram(&body["rating_summary"]), histogram_of(&[8, 3]));
            assert_eq!(body["release_year"], 2009);
        }
        eventually(json!("up"), || cache_status(app));
        members[1].rate(movie, 10);
        app.wait_for_scores(movie, &[8, 10]);
    }
}

fn time_of_read(app: &TestApp, movie: &Movie) -> Duration {
    let began = Instant::now();
    app.movie(movie);
    began.elapsed()
}

fn cache_status(app: &TestApp) -> Value {
    let readiness = app.at_root("/health/ready").value();
    let dependencies = readiness["dependencies"].as_array().cloned().unwrap_or_default();
    let cache = dependencies.iter().find(|dependency| dependency["name"] == "cache");
    cache.expect("the cache should be a dependency")["status"].clone()
}

fn a_cache_that_hangs_slows_nobody_and_brings_nothing_old_back() {
    let story = Story::begin();
    story.redis.pause();
    story.assert_slows_nobody();
    story.redis.resume();
    story.assert_nothing_old_comes_back();
}

fn a_cache_that_crashes_slows_nobody_and_brings_nothing_old_back() {
    let story = Story::begin();
    story.redis.crash();
    story.assert_slows_nobody();
    story.redis.restart();
    story.assert_nothing_old_comes_back();
}

fn a_service_can_start_without_its_cache() {
    let redis = EphemeralRedis::start();
    redis.crash();
    let launch =
        Launch::full(&new_database(), &redis.url(), &broker()).with("STARTER_CATALOGUE", "off");
    let app = launch.start();
    let member = app.sign_up("ada");
    let movie = member.add_movie_titled("Up");
    member.rate(&movie, 8);
    app.wait_for_scores(&movie, &[8]);
    redis.restart();
    eventually(json!("up"), || cache_status(&app));
    member.rate(&movie, 3);
    app.wait_for_scores(&movie, &[3]);
}
