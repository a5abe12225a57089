//! Watching a rating summary change.

use std::io::{BufRead, BufReader};

use reqwest::blocking::Response;
use serde_json::{Value, json};

use crate::support::scenario::Scenario;
use crate::support::{Movie, Stack, TestApp};
use crate::{beside_others, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        a_watcher_is_told_of_every_change,
        a_watcher_who_comes_back_is_told_what_was_missed,
        there_is_nothing_to_watch_without_a_movie,
    ];
    scenarios.extend(only_on![Full: a_rating_at_one_replica_is_told_at_the_other]);
    scenarios.extend(crate::alone![watchers_do_not_keep_the_service_from_stopping]);
    scenarios
}

/// What somebody who watches hears.
struct Events(BufReader<Response>);

struct Event {
    id: i64,
    data: Value,
}

impl Events {
    fn of(app: &TestApp, movie: &Movie, last: Option<i64>) -> Self {
        let url = app.url(&format!("/api/v1/movies/{}/rating-summary/events", movie.id));
        let mut request = app.client().get(url);
        if let Some(last) = last {
            request = request.header("last-event-id", last.to_string());
        }
        let response = request.send().expect("watching should be answered");
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Self(BufReader::new(response))
    }

    /// The next event; nothing at the end of the stream.
    fn next(&mut self) -> Option<Event> {
        let (mut id, mut data) = (None, None);
        loop {
            let mut line = String::new();
            if self.0.read_line(&mut line).expect("the stream should be readable") == 0 {
                return None;
            }
            match line.trim_end().split_once(": ") {
                Some(("id", value)) => id = value.parse().ok(),
                Some(("data", value)) => data = serde_json::from_str(value).ok(),
                _ if line == "\n" && data.is_some() => {
                    return Some(Event { id: id.expect("an id"), data: data.unwrap() });
                }
                _ => {}
            }
        }
    }

    /// The first event that tells of so many ratings.
    fn wait_for_count(&mut self, count: u64) -> Event {
        loop {
            let event = self.next().expect("the stream should go on");
            if event.data["count"] == count {
                return event;
            }
        }
    }
}

fn a_watcher_is_told_of_every_change(app: &TestApp) {
    let crowd = app.crowd(2);
    let movie = crowd[0].add_movie_titled("Up");
    let mut events = Events::of(app, &movie, None);
    let before = events.next().expect("the present state comes at once");
    assert_eq!((&before.data["count"], &before.data["movie_id"]), (&json!(0), &json!(movie.id)));

    crowd[0].rate(&movie, 9);
    let first = events.wait_for_count(1);
    crowd[1].rate(&movie, 7);
    let second = events.wait_for_count(2);

    assert!(before.id < first.id && first.id < second.id);
    assert_eq!(second.data["mean"], 8.0);
}

fn a_watcher_who_comes_back_is_told_what_was_missed(app: &TestApp) {
    let crowd = app.crowd(2);
    let movie = crowd[0].add_movie_titled("Up");
    let mut events = Events::of(app, &movie, None);
    crowd[0].rate(&movie, 9);
    let seen = events.wait_for_count(1);
    drop(events);
    crowd[1].rate(&movie, 7);
    app.wait_for_scores(&movie, &[9, 7]);

    let missed = Events::of(app, &movie, Some(seen.id)).next().expect("something was missed");

    assert_eq!(missed.data["count"], 2);
}

fn there_is_nothing_to_watch_without_a_movie(app: &TestApp) {
    app.get("/movies/999999999/rating-summary/events").problem(404, "movie_not_found");
}

fn a_rating_at_one_replica_is_told_at_the_other() {
    let here = Stack::Full.launch().start();
    let there = here.launch().clone().without_worker().start();
    let ada = here.sign_up("ada");
    let movie = ada.add_movie_titled("Up");
    let mut events = Events::of(&there, &movie, None);
    ada.rate(&movie, 9);
    assert_eq!(events.wait_for_count(1).data["mean"], 9.0);
}

fn watchers_do_not_keep_the_service_from_stopping(stack: Stack) {
    let app = stack.launch().start();
    let movie = app.sign_up("ada").add_movie_titled("Up");
    let mut events = Events::of(&app, &movie, None);
    assert!(events.next().is_some());
    app.stop();
    assert!(events.next().is_none(), "the stream should have ended");
}
