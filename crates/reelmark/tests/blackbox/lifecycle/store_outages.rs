use std::time::{Duration, Instant};

use reelmark_testkit::servers::{EphemeralPostgres, EphemeralRedis};
use serde_json::json;

use crate::only_on;
use crate::support::scenario::Scenario;
use crate::support::stack::broker;
use crate::support::{Launch, Member, Movie, TestApp, at_once, eventually};

/// How soon whoever asks is told to come back later.
const TOLD_WITHIN: Duration = Duration::from_secs(8);

pub fn scenarios() -> Vec<Scenario> {
    only_on![Full:
        a_store_that_hangs_is_told_to_everybody_and_recovers,
        a_store_that_crashes_is_told_to_everybody_and_recovers,
    ]
}

struct Story {
    postgres: EphemeralPostgres,
    _redis: EphemeralRedis,
    app: TestApp,
    member: Member,
    movie: Movie,
}

impl Story {
    fn begin() -> Self {
        let (postgres, redis) = (EphemeralPostgres::start_durable(), EphemeralRedis::start());
        let launch = Launch::full(&postgres.create_database(), &redis.url(), &broker())
            .with("STARTER_CATALOGUE", "off");
        let app = launch.start();
        let member = app.sign_up("ada");
        let movie = member.add_movie_titled("Up");
        member.rate(&movie, 8);
        app.wait_for_scores(&movie, &[8]);
        // Enough at once for idle connections to be left over, which notice nothing of an outage.
        at_once(16, |_| app.get("/movies").expect(200));
        Self { postgres, _redis: redis, app, member, movie }
    }

    fn assert_told_to_everybody(&self) {
        let Self { app, member, movie, .. } = self;
        let path = format!("/movies?query=up&min_ratings={}", 1);
        let asks: [&(dyn Fn() -> _ + Sync); 5] = [
            &|| member.put(&movie.rating(), &json!({"score": 9})),
            &|| member.get("/users/me"),
            &|| app.get(&path),
            &|| app.post("/auth/login", &json!({"login": member.username, "password": "x"})),
            &|| app.get(&movie.ratings()),
        ];
        at_once(asks.len() * 3, |number| {
            let began = Instant::now();
            let answer = asks[number % asks.len()]();
            let taken = began.elapsed();
            assert!(taken < TOLD_WITHIN, "it took {taken:?} to say {}", answer.describe());
            let code = answer.value()["code"].clone();
            assert!(code == "unavailable" || code == "overloaded", "{}", answer.describe());
            answer.problem(503, code.as_str().unwrap());
        });
        eventually(503, || app.at_root("/health/ready").status);
        let readiness = app.at_root("/health/ready").value();
        assert_eq!(readiness["status"], "not_ready");
        app.at_root("/health/live").expect(200);
    }

    fn assert_recovers(&self) {
        let Self { app, member, movie, .. } = self;
        eventually(200, || app.at_root("/health/ready").status);
        assert_eq!(member.get(&movie.rating()).json(200)["score"], 8);
        member.rate(movie, 3);
        app.wait_for_scores(movie, &[3]);
    }
}

fn a_store_that_hangs_is_told_to_everybody_and_recovers() {
    let story = Story::begin();
    story.postgres.pause();
    story.assert_told_to_everybody();
    story.postgres.resume();
    story.assert_recovers();
}

fn a_store_that_crashes_is_told_to_everybody_and_recovers() {
    let story = Story::begin();
    story.postgres.crash();
    story.assert_told_to_everybody();
    story.postgres.restart();
    story.assert_recovers();
}
