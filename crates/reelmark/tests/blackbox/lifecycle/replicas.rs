use std::time::Duration;

use serde_json::json;

use crate::only_on;
use crate::support::catalogue::{histogram, histogram_of};
use crate::support::patience::within;
use crate::support::process::Process;
use crate::support::scenario::Scenario;
use crate::support::{Stack, TestApp};

/// How soon what concerns somebody's rights acts everywhere.
const EVERYWHERE_WITHIN: Duration = Duration::from_secs(1);

pub fn scenarios() -> Vec<Scenario> {
    only_on![Full:
        three_replicas_can_start_at_once_on_an_empty_store,
        what_one_replica_changes_the_other_shows_within_a_second,
        a_rating_at_one_replica_is_counted_once_by_both,
        a_role_given_at_one_replica_acts_at_the_other,
    ]
}

fn two_replicas() -> [TestApp; 2] {
    let launch = Stack::Full.launch();
    let processes = [launch.spawn(), launch.spawn()];
    processes.map(|process| TestApp::wait_for(launch.clone(), process))
}

fn three_replicas_can_start_at_once_on_an_empty_store() {
    let launch = Stack::Full.launch().with("STARTER_CATALOGUE", "on");
    let processes: [Process; 3] = std::array::from_fn(|_| launch.spawn());
    let replicas = processes.map(|process| TestApp::wait_for(launch.clone(), process));

    let totals = replicas.each_ref().map(|app| {
        let casablanca = app.titles("/movies?query=casablanca");
        let count = casablanca.iter().filter(|title| *title == "Casablanca").count();
        assert_eq!(count, 1, "the catalogue should be loaded once");
        app.get("/movies?count=exact").json(200)["total"].as_u64().unwrap()
    });
    assert!(totals[0] >= 1_000 && totals.iter().all(|total| *total == totals[0]), "{totals:?}");
}

fn what_one_replica_changes_the_other_shows_within_a_second() {
    let [here, there] = two_replicas();
    let curator = here.curator();
    let mut movie = curator.add_movie_titled("Up 0");
    for number in 1..=20 {
        // Read, so that the other replica has a copy to forget.
        assert_eq!(there.movie(&movie)["title"], format!("Up {}", number - 1));
        let title = format!("Up {number}");
        let edited = curator.patch(&movie.path(), &movie.etag, &json!({"title": title}));
        movie.etag = edited.expect(200).etag();
        assert_eq!(here.movie(&movie)["title"], title, "an old copy at the replica itself");
        // A replica that can't reach Redis makes up for it as soon as it can.
        within(EVERYWHERE_WITHIN * 2, title.into(), || there.movie(&movie)["title"].clone());
    }
    curator.delete(&movie.path()).expect(204);
    here.get(&movie.path()).problem(404, "movie_not_found");
    within(EVERYWHERE_WITHIN * 2, 404, || there.get(&movie.path()).status);
}

fn a_rating_at_one_replica_is_counted_once_by_both() {
    let [here, there] = two_replicas();
    let member = here.sign_up("ada");
    let movie = member.add_movie_titled("Up");
    for score in 1..=10 {
        there.movie(&movie);
        member.rate(&movie, score);
        member.at(&there).rate(&movie, 11 - score);
        there.wait_for_scores(&movie, &[11 - score]);
        here.wait_for_scores(&movie, &[11 - score]);
    }
    within(Duration::from_secs(5), histogram_of(&[1]), || {
        histogram(&there.movie(&movie)["rating_summary"])
    });
}

fn a_role_given_at_one_replica_acts_at_the_other() {
    let [here, there] = two_replicas();
    let member = here.sign_up("ada");
    let movie = member.add_movie_titled("Up");
    let edit = |year: i64| {
        let changes = json!({"release_year": year});
        member.at(&there).patch(&movie.path(), "*", &changes).status
    };
    assert_eq!(edit(2009), 403);
    let path = format!("/users/{}/role", member.username);
    here.admin().put(&path, &json!({"role": "curator"})).expect(200);
    within(EVERYWHERE_WITHIN, 200, || edit(2009));
    here.admin().put(&path, &json!({"role": "member"})).expect(200);
    within(EVERYWHERE_WITHIN, 403, || edit(2010));
}
