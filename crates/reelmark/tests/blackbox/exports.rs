//! Ratings in forms that other services read, and that can be imported again.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::scenario::Scenario;
use crate::support::{Member, TestApp, unique, wait_for};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        what_is_taken_away_and_brought_back_is_the_same,
        a_film_that_was_rated_again_goes_out_with_the_later_time,
        each_form_says_what_it_is,
        a_form_that_nobody_knows_is_refused,
    ]
}

const FORMATS: [&str; 3] = ["letterboxd_csv", "imdb_csv", "trakt_json"];

fn export(member: &Member, format: &str) -> String {
    member.get(&format!("/users/me/export?format={format}")).expect(200).text()
}

/// Somebody with ratings of all kinds.
fn rater(app: &TestApp) -> Member {
    let ada = app.sign_up("ada");
    let facts = [
        json!({"title": unique("Up"), "release_year": 2009}),
        json!({"title": unique("=1+1, \"so\" they say"), "release_year": 1999}),
        json!({"title": unique("東京物語"), "release_year": 1953}),
        json!({"title": unique("Matrix, The"), "release_year": 1999}),
    ];
    let movies: Vec<_> = facts.iter().map(|facts| ada.add_movie(facts)).collect();
    // In another order than that of the movies.
    for (movie, score) in movies.iter().rev().zip([10, 1, 7, 4]) {
        ada.rate(movie, score);
    }
    ada.review(&movies[1], 7, "-1, \"or\" so\nand @more").expect(200);
    ada
}

fn what_is_taken_away_and_brought_back_is_the_same(app: &TestApp) {
    let ada = rater(app);
    for format in FORMATS {
        let taken_away = export(&ada, format);
        let ben = app.sign_up("ben");
        let call = ben.call("POST", "/users/me/imports");
        let import = call.body("application/octet-stream", taken_away.clone()).send().json(202);
        let path = format!("/users/me/imports/{}", import["id"]);
        let import = wait_for("a finished import", || {
            let import = ben.get(&path).json(200);
            (import["status"] == "done").then_some(import)
        });
        assert_eq!(import["counts"]["imported"], 4, "{format}: {}", rows(&ben, &path));

        assert_eq!(export(&ben, format), taken_away, "{format}");
    }
}

fn a_film_that_was_rated_again_goes_out_with_the_later_time(app: &TestApp) {
    let ada = app.sign_up("ada");
    let up = ada.add_movie(&json!({"title": unique("Up"), "release_year": 2009}));
    let first = json!({"movie": {"id": up.id}, "score": 4, "rated_at": "2015-03-04T05:06:07Z"});
    ada.post("/ratings/batch", &json!({"items": [first]})).expect(200);
    ada.rate(&up, 9);

    let rating = ada.get(&up.rating()).json(200);
    let entries: Value = serde_json::from_str(&export(&ada, "trakt_json")).expect("it is JSON");

    assert_eq!(rating["created_at"], "2015-03-04T05:06:07Z");
    assert_eq!(entries[0]["rated_at"], rating["rated_at"]);
    for format in ["letterboxd_csv", "imdb_csv"] {
        assert!(!export(&ada, format).contains("2015-03-04"), "{format} has the former day");
    }
}

fn rows(member: &Member, path: &str) -> String {
    member.get(&format!("{path}/rows")).text()
}

fn each_form_says_what_it_is(app: &TestApp) {
    let ada = rater(app);
    for (format, kind, name) in [
        ("letterboxd_csv", "text/csv; charset=utf-8", "reelmark-letterboxd.csv"),
        ("imdb_csv", "text/csv; charset=utf-8", "reelmark-imdb.csv"),
        ("trakt_json", "application/json", "reelmark-trakt.json"),
    ] {
        let answer = ada.get(&format!("/users/me/export?format={format}")).expect(200);
        assert_eq!(answer.header("content-type"), Some(kind));
        let disposition = format!("attachment; filename=\"{name}\"");
        assert_eq!(answer.header("content-disposition"), Some(disposition.as_str()));
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    let heading = export(&ada, "letterboxd_csv");
    assert!(heading.starts_with("imdbID,tmdbID,Title,Year,Rating10,WatchedDate,Review\n"));
    assert!(heading.contains("'=1+1"), "a spreadsheet would run it: {heading}");
    let nothing = export(&app.sign_up("nobody"), "trakt_json");
    assert_eq!(nothing, "[]\n");
    let all = ada.get("/users/me/export?format=json").json(200);
    assert_eq!(all["ratings"].as_array().map(Vec::len), Some(4));
}

fn a_form_that_nobody_knows_is_refused(app: &TestApp) {
    let ada = app.somebody();
    ada.get("/users/me/export?format=pdf").refuses([("format", "malformed")]);
    ada.get("/users/me/export?form=json").refuses([("form", "unknown_field")]);
    app.get("/users/me/export?format=imdb_csv").problem(401, "unauthenticated");
}
