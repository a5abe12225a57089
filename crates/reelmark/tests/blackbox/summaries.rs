//! Rating summaries, which are computed in the background.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::catalogue::{histogram, histogram_of};
use crate::support::scenario::Scenario;
use crate::support::{Movie, TestApp, at_once, eventually};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        the_summary_moves_after_a_rating,
        the_summary_follows_a_changed_and_a_removed_rating,
        the_summary_explains_its_weighted_score,
        a_movie_without_ratings_has_no_mean,
        the_version_moves_with_every_change,
        the_movie_and_the_lists_show_the_same_summary,
        many_ratings_at_once_are_counted_once_each,
        an_unknown_explanation_is_refused,
    ]
}

fn new_movie(app: &TestApp) -> Movie {
    app.somebody().add_movie_titled("Up")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} should be a number"))
}

fn the_summary_moves_after_a_rating(app: &TestApp) {
    let movie = new_movie(app);
    for (member, score) in app.crowd(4).iter().zip([2, 7, 7, 10]) {
        member.rate(&movie, score);
    }
    app.wait_for_scores(&movie, &[2, 7, 7, 10]);

    let summary = app.summary(&movie);
    assert_eq!((&summary["movie_id"], &summary["count"]), (&json!(movie.id), &json!(4)));
    assert!((number(&summary["mean"]) - 6.5).abs() < 1e-9);
    let interval = summary["interval_90"].as_array().expect("there should be an interval");
    let (low, high) = (number(&interval[0]), number(&interval[1]));
    let is_around = (1.0..6.5).contains(&low) && high > 6.5 && high <= 10.0;
    assert!(is_around, "{low} to {high}");
}

fn the_summary_follows_a_changed_and_a_removed_rating(app: &TestApp) {
    let (movie, crowd) = (new_movie(app), app.crowd(2));
    crowd[0].rate(&movie, 4);
    app.wait_for_scores(&movie, &[4]);
    crowd[1].rate(&movie, 10);
    app.wait_for_scores(&movie, &[4, 10]);
    crowd[1].rate(&movie, 1);
    app.wait_for_scores(&movie, &[4, 1]);
    crowd[1].unrate(&movie);
    app.wait_for_scores(&movie, &[4]);
    assert!((number(&app.summary(&movie)["mean"]) - 4.0).abs() < 1e-9);
    crowd[0].unrate(&movie);
    app.wait_for_scores(&movie, &[]);
    assert!(app.summary(&movie)["mean"].is_null());
}

fn the_summary_explains_its_weighted_score(app: &TestApp) {
    let movie = new_movie(app);
    for (member, score) in app.crowd(3).iter().zip([9, 9, 10]) {
        member.rate(&movie, score);
    }
    app.wait_for_scores(&movie, &[9, 9, 10]);

    let summary = app.get(&format!("{}?explain=true", movie.summary())).json(200);
    let inputs = &summary["explanation"];
    let [v, r, m, c] = ["v", "r", "m", "c"].map(|name| number(&inputs[name]));
    assert_eq!((v, m), (3.0, 50.0));
    assert!((r - 28.0 / 3.0).abs() < 1e-9);
    assert!((1.0..=10.0).contains(&c));
    let expected = (v * r + m * c) / (v + m);
    let weighted = number(&summary["weighted_score"]);
    assert!((weighted - expected).abs() < 1e-6, "{weighted} is not {expected}");
    for unexplained in [movie.summary(), format!("{}?explain=false", movie.summary())] {
        assert_eq!(app.get(&unexplained).json(200).get("explanation"), None);
    }
}

fn a_movie_without_ratings_has_no_mean(app: &TestApp) {
    let summary = app.summary(&new_movie(app));
    assert_eq!((&summary["count"], &summary["mean"]), (&json!(0), &json!(null)));
    assert_eq!(histogram(&summary), histogram_of(&[]));
}

fn the_version_moves_with_every_change(app: &TestApp) {
    let (movie, crowd) = (new_movie(app), app.crowd(2));
    crowd[0].rate(&movie, 4);
    app.wait_for_scores(&movie, &[4]);
    let before = app.get(&movie.summary()).expect(200);
    let etag = before.etag();
    let before = before.json(200);

    let again = || app.call("GET", &movie.summary()).header("if-none-match", &etag).send();
    assert!(again().status == 304 || app.summary(&movie)["version"] != before["version"]);
    crowd[1].rate(&movie, 8);
    eventually(200, || again().status);
    let after = again().json(200);
    assert!(after["version"].as_i64() > before["version"].as_i64(), "{before:#} {after:#}");
    assert!(after["computed_at"].as_str() >= before["computed_at"].as_str());
}

fn the_movie_and_the_lists_show_the_same_summary(app: &TestApp) {
    let movie = new_movie(app);
    app.somebody().rate(&movie, 4);
    app.wait_for_scores(&movie, &[4]);
    eventually(app.summary(&movie), || app.movie(&movie)["rating_summary"].clone());
}

fn many_ratings_at_once_are_counted_once_each(app: &TestApp) {
    let (movie, crowd) = (new_movie(app), app.crowd(6));
    let act = |number: usize| {
        let member = &crowd[number];
        for score in [1, 10, 5, 3] {
            member.rate(&movie, score);
        }
        member.unrate(&movie);
        member.rate(&movie, number as i64 + 1);
    };
    at_once(6, act);
    app.wait_for_scores(&movie, &[1, 2, 3, 4, 5, 6]);
}

fn an_unknown_explanation_is_refused(app: &TestApp) {
    let path = new_movie(app).summary();
    app.get(&format!("{path}?explain=maybe")).refuses([("explain", "invalid_type")]);
    app.get(&format!("{path}?explian=true")).refuses([("explian", "unknown_field")]);
}
