use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;

use super::files::{bring, counts};
use crate::alone;
use crate::support::catalogue::histogram_of;
use crate::support::patience::{poll, within};
use crate::support::scenario::Scenario;
use crate::support::{Member, Movie, Stack, wait_for};

/// So many that some are left when the worker is killed.
const ROWS: usize = 20_000;

const MOVIES: usize = 40;

/// A claim that was left behind has to run out first.
const TAKEN_OVER_WITHIN: Duration = Duration::from_secs(150);

pub fn scenarios() -> Vec<Scenario> {
    alone![an_import_goes_on_where_a_killed_worker_left_it]
}

/// Most rows are about movies that are not there; some of the others are rated here and there in
/// the file.
fn an_import_goes_on_where_a_killed_worker_left_it(stack: Stack) {
    let launch = stack.launch();
    let app = launch.start();
    let ada = app.sign_up("ada");
    let movies: Vec<Movie> = (0..MOVIES)
        .map(|n| ada.add_movie(&serde_json::json!({"title": title(n), "release_year": 2000})))
        .collect();
    let path = bring(&ada, "", "ratings.csv", list());
    wait_for("some rows to be stored", || (total(&ada, &path) > 0).then_some(()));

    match app.worker() {
        Some(worker) => worker.kill(),
        None => app.process().kill(),
    }

    let (app, _worker) = match app.worker() {
        Some(_) => (app.clone(), Some(launch.start_worker())),
        None => (launch.start(), None),
    };
    let ada = ada.at(&app);
    let import = poll(TAKEN_OVER_WITHIN, || {
        let import = ada.get(&path).json(200);
        (import["status"] == "done").then_some(import)
    });
    let import = import.unwrap_or_else(|| panic!("it is not done: {}", ada.get(&path).text()));
    let outcomes = counts(&import, ["imported", "unmatched"]);
    assert_eq!(outcomes, [MOVIES as u64, (ROWS - MOVIES) as u64]);
    for movie in &movies {
        let seen = || crate::support::catalogue::histogram(&app.summary(movie));
        within(Duration::from_secs(30), histogram_of(&[8]), seen);
    }
}

fn title(n: usize) -> String {
    format!("Movie number {n}")
}

fn list() -> String {
    let mut list = "Date,Name,Year,Letterboxd URI,Rating\n".to_owned();
    for row in 0..ROWS {
        let every = ROWS / MOVIES;
        let title = match row % every {
            0 => title(row / every),
            _ => format!("Nobody knows {row}"),
        };
        let _ = writeln!(list, "2020-01-02,{title},2000,u,4");
    }
    list
}

fn total(member: &Member, path: &str) -> u64 {
    let import: Value = member.get(path).json(200);
    counts(&import, ["imported", "unmatched"]).iter().sum()
}
