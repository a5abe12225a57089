use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::json;

use crate::alone;
use crate::support::catalogue::{histogram, histogram_of};
use crate::support::patience::{poll, within};
use crate::support::scenario::Scenario;
use crate::support::{Member, Movie, Stack, TestApp};

const RATERS: usize = 8;
const MOVIES: usize = 5;

/// Enough that some are under way at any time.
const RATINGS_BEFORE_THE_KILL: usize = 200;

/// How long so many may take where everybody shares one slow disk.
const RATED_WITHIN: Duration = Duration::from_secs(60);

/// How soon all summaries agree with the ratings once nobody rates any more.
const CALM: Duration = Duration::from_secs(5);

pub fn scenarios() -> Vec<Scenario> {
    alone![no_acknowledged_rating_is_lost_when_the_service_is_killed]
}

/// What a rater knows of each movie: the last score that was acknowledged, and one that was sent
/// and never answered.
#[derive(Clone, Copy, Default)]
struct Known {
    acknowledged: Option<i64>,
    unanswered: Option<i64>,
}

fn no_acknowledged_rating_is_lost_when_the_service_is_killed(stack: Stack) {
    let launch = stack.launch();
    let mut app = launch.start();
    let raters: Vec<Member> = (0..RATERS).map(|_| app.sign_up("rater")).collect();
    let movies: Vec<Movie> = (0..MOVIES).map(|_| raters[0].add_movie_titled("Up")).collect();
    let mut known = vec![[Known::default(); MOVIES]; RATERS];

    for _ in 0..2 {
        rate_until_killed(&app, &raters, &movies, &mut known);
        app = launch.start();
        for (rater, known) in raters.iter().zip(&mut known) {
            for (movie, known) in movies.iter().zip(known) {
                known.acknowledged = assert_kept(&rater.at(&app), movie, *known);
                known.unanswered = None;
            }
        }
        movies.iter().for_each(|movie| assert_counted(&app, movie));
    }
}

fn rate_until_killed(
    app: &TestApp,
    raters: &[Member],
    movies: &[Movie],
    known: &mut [[Known; MOVIES]],
) {
    let acknowledged = &AtomicUsize::new(0);
    thread::scope(|scope| {
        for (number, (rater, known)) in raters.iter().zip(known).enumerate() {
            scope.spawn(move || {
                rate_until_unanswered(&rater.at(app), movies, number, known, acknowledged)
            });
        }
        let has_enough = || acknowledged.load(Ordering::Relaxed) >= RATINGS_BEFORE_THE_KILL;
        let rated = poll(RATED_WITHIN, || has_enough().then_some(()));
        // The raters end when the service does, so this comes before any complaint.
        app.kill();
        assert!(rated.is_some(), "so many ratings should not take {RATED_WITHIN:?}");
    });
}

fn rate_until_unanswered(
    rater: &Member,
    movies: &[Movie],
    seed: usize,
    known: &mut [Known],
    acknowledged: &AtomicUsize,
) {
    for round in seed.. {
        let (place, score) = (round % movies.len(), (round * 7 % 10 + 1) as i64);
        let call = rater.call("PUT", &movies[place].rating()).json(&json!({"score": score}));
        match call.try_send() {
            Ok(answer) => {
                assert!(matches!(answer.status, 200 | 201), "{}", answer.describe());
                known[place].acknowledged = Some(score);
                acknowledged.fetch_add(1, Ordering::Relaxed);
            }
            Err(_) => {
                known[place].unanswered = Some(score);
                return;
            }
        }
    }
}

/// The rating there is: the last acknowledged, or the one whose answer was lost with the service.
fn assert_kept(rater: &Member, movie: &Movie, known: Known) -> Option<i64> {
    let answer = rater.get(&movie.rating());
    let found = match answer.status {
        404 => None,
        _ => answer.json(200)["score"].as_i64(),
    };
    let is_kept = found == known.acknowledged || found.is_some() && found == known.unanswered;
    let Known { acknowledged, unanswered } = known;
    assert!(is_kept, "{found:?} instead of {acknowledged:?} or perhaps {unanswered:?}");
    found
}

fn assert_counted(app: &TestApp, movie: &Movie) {
    let ratings = app.all_pages(&format!("{}?limit=3", movie.ratings()));
    let mut raters = BTreeMap::new();
    for rating in &ratings {
        let name = rating["user"]["username"].to_string();
        assert_eq!(raters.insert(name, rating["score"].as_i64().unwrap()), None);
    }
    let expected = histogram_of(&raters.into_values().collect::<Vec<_>>());
    within(CALM, expected, || histogram(&app.summary(movie)));
}
