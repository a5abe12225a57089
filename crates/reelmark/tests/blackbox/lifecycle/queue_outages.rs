use reelmark_testkit::servers::{EphemeralRabbitMq, EphemeralRedis};
use serde_json::{Value, json};

use crate::only_on;
use crate::support::scenario::Scenario;
use crate::support::stack::{broker, new_database};
use crate::support::{Launch, Member, Movie, TestApp, eventually};

pub fn scenarios() -> Vec<Scenario> {
    only_on![Full:
        ratings_are_taken_while_the_broker_is_away_and_counted_when_it_is_back,
        workers_share_the_work_and_one_may_be_killed,
    ]
}

const RATERS: usize = 4;

struct Story {
    broker: EphemeralRabbitMq,
    _redis: EphemeralRedis,
    app: TestApp,
    raters: Vec<Member>,
    movie: Movie,
}

impl Story {
    fn begin() -> Self {
        let (broker, redis) = (EphemeralRabbitMq::start(), EphemeralRedis::start());
        let launch = Launch::full(&new_database(), &redis.url(), &broker.url());
        let app = launch.with("STARTER_CATALOGUE", "off").start();
        let raters: Vec<Member> = (0..RATERS).map(|_| app.sign_up("rater")).collect();
        let movie = raters[0].add_movie_titled("Up");
        let story = Self { broker, _redis: redis, app, raters, movie };
        story.rate(8);
        story.assert_all_counted(8);
        story
    }

    fn rate(&self, score: i64) {
        for rater in &self.raters {
            rater.rate(&self.movie, score);
        }
    }

    /// Each of them once, however often the messages travelled.
    fn assert_all_counted(&self, score: i64) {
        self.app.wait_for_scores(&self.movie, &[score; RATERS]);
        eventually(json!("up"), || queue_status(&self.app));
    }

    fn assert_taken_without_the_broker(&self, score: i64) {
        self.rate(score);
        eventually(json!("down"), || queue_status(&self.app));
        self.app.at_root("/health/ready").expect(200);
        assert_eq!(self.raters[0].get(&self.movie.rating()).json(200)["score"], score);
    }
}

fn queue_status(app: &TestApp) -> Value {
    let readiness = app.at_root("/health/ready").value();
    let dependencies = readiness["dependencies"].as_array().cloned().unwrap_or_default();
    let queue = dependencies.iter().find(|dependency| dependency["name"] == "queue");
    queue.expect("the queue should be a dependency")["status"].clone()
}

fn ratings_are_taken_while_the_broker_is_away_and_counted_when_it_is_back() {
    let story = Story::begin();

    story.broker.pause();
    story.assert_taken_without_the_broker(3);
    story.broker.resume();
    story.assert_all_counted(3);

    story.broker.crash();
    story.assert_taken_without_the_broker(10);
    story.broker.restart();
    story.assert_all_counted(10);

    let letters = story.app.launch().run(&["queue", "dead-letters", "list"]);
    assert!(letters.succeeded && letters.stdout.is_empty(), "{}{}", letters.stdout, letters.stderr);
}

fn workers_share_the_work_and_one_may_be_killed() {
    let redis = EphemeralRedis::start();
    let launch = Launch::full(&new_database(), &redis.url(), &broker());
    let app = launch.with("STARTER_CATALOGUE", "off").start();
    let other = app.launch().start_worker();
    let raters: Vec<Member> = (0..RATERS).map(|_| app.sign_up("rater")).collect();
    let movies: Vec<Movie> = (0..3).map(|_| raters[0].add_movie_titled("Up")).collect();
    let rate_all = |score| {
        for (rater, movie) in raters.iter().flat_map(|r| movies.iter().map(move |m| (r, m))) {
            rater.rate(movie, score);
        }
    };
    let assert_all_counted =
        |score| movies.iter().for_each(|movie| app.wait_for_scores(movie, &[score; RATERS]));

    for score in 1..=5 {
        rate_all(score);
    }
    assert_all_counted(5);
    rate_all(6);
    app.worker().expect("it should have a worker of its own").kill();
    rate_all(7);
    assert_all_counted(7);

    other.signal("TERM");
    assert!(other.wait().succeeded, "a worker should stop cleanly");
}
