//! The best of the catalogue.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::catalogue::{ids, items_of};
use crate::support::scenario::Scenario;
use crate::support::{Movie, TestApp, eventually, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        the_chart_holds_rated_movies_by_weighted_score,
        the_chart_can_be_narrowed_to_a_genre_and_years,
        other_charts_hold_what_is_rated_most_and_of_late,
        filters_of_the_chart_that_break_a_rule_are_refused,
    ]
}

fn chart(app: &TestApp, genre: &str, years: &str) -> Vec<i64> {
    let path = format!("/charts/top-rated?genre={genre}{years}");
    ids(&items_of(&app.get(&path).json(200)))
}

fn the_chart_holds_rated_movies_by_weighted_score(app: &TestApp) {
    let (genre, crowd) = (unique("Charted"), app.crowd(3));
    let add = || crowd[0].add_movie(&json!({"title": "Up", "genres": [genre]}));
    let [loved, liked, hated, _unrated] = std::array::from_fn::<Movie, 4, _>(|_| add());
    let rate = |movie: &Movie, scores: &[i64]| {
        crowd.iter().zip(scores).for_each(|(member, score)| drop(member.rate(movie, *score)));
    };
    rate(&loved, &[10, 10, 10]);
    rate(&liked, &[10]);
    rate(&hated, &[1, 1, 1]);
    app.wait_for_scores(&loved, &[10, 10, 10]);
    eventually(vec![loved.id, liked.id, hated.id], || chart(app, &genre, ""));
    crowd[0].unrate(&liked);
    eventually(vec![loved.id, hated.id], || chart(app, &genre, ""));

    let whole = app.all_pages("/charts/top-rated?limit=50");
    let scores = whole.iter().map(|movie| &movie["rating_summary"]["weighted_score"]);
    assert!(scores.clone().all(Value::is_number), "every movie in the chart has a score");
    assert!(whole.iter().all(|movie| movie["rating_summary"]["count"].as_u64() > Some(0)));
}

fn the_chart_can_be_narrowed_to_a_genre_and_years(app: &TestApp) {
    let (genre, somebody) = (unique("Narrowed"), app.somebody());
    let [old, new] = [1950, 1990].map(|year| {
        let facts = json!({"title": "Up", "release_year": year, "genres": [genre]});
        let movie = somebody.add_movie(&facts);
        somebody.rate(&movie, 7);
        movie
    });
    eventually(2, || chart(app, &genre, "").len());
    assert_eq!(chart(app, &genre, "&year_to=1960"), [old.id]);
    assert_eq!(chart(app, &genre, "&year_from=1960"), [new.id]);
    assert!(chart(app, &unique("Nothing"), "").is_empty());
}

fn other_charts_hold_what_is_rated_most_and_of_late(app: &TestApp) {
    let (genre, crowd) = (unique("Rated"), app.crowd(3));
    let add = || crowd[0].add_movie(&json!({"title": "Up", "genres": [genre]}));
    let [three, one, _unrated] = std::array::from_fn::<Movie, 3, _>(|_| add());
    crowd.iter().for_each(|member| drop(member.rate(&three, 1)));
    crowd[0].rate(&one, 10);
    for chart in ["most-rated", "trending"] {
        let path = format!("/charts/{chart}?genre={genre}");
        eventually(vec![three.id, one.id], || ids(&items_of(&app.get(&path).json(200))));
    }
    for member in &crowd {
        member.unrate(&three);
    }
    let trending = format!("/charts/trending?genre={genre}");
    eventually(vec![one.id], || ids(&items_of(&app.get(&trending).json(200))));
}

fn filters_of_the_chart_that_break_a_rule_are_refused(app: &TestApp) {
    let path = "/charts/top-rated?year_from=1869&year_to=10000&genre=&limit=0";
    app.get(path).refuses([
        ("year_from", "out_of_range"),
        ("year_to", "out_of_range"),
        ("genre", "blank"),
        ("limit", "out_of_range"),
    ]);
    app.get("/charts/top-rated?query=up").refuses([("query", "unknown_field")]);
}
