use serde_json::{Value, json};

use crate::beside_others;
use crate::support::scenario::Scenario;
use crate::support::{TestApp, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        facts_that_break_a_rule_are_refused_and_nothing_is_stored,
        an_edit_that_breaks_a_rule_changes_nothing,
        every_wrong_fact_is_reported_at_once,
        facts_of_a_wrong_type_are_refused_and_nothing_is_stored,
        a_lone_surrogate_is_no_text,
        facts_at_their_limits_are_taken,
    ]
}

/// Facts that break one rule: field, value, code.
fn broken_facts() -> Vec<(&'static str, Value, &'static str)> {
    vec![
        ("title", json!(""), "blank"),
        ("title", json!(" \u{a0} "), "blank"),
        ("title", json!("x".repeat(201)), "too_long"),
        ("title", json!("bell\u{7}"), "control_character"),
        ("title", json!("nul\0nul"), "control_character"),
        ("title", json!("two\nlines"), "control_character"),
        ("title", json!("over\u{202e}ride"), "control_character"),
        ("release_year", json!(1869), "out_of_range"),
        ("release_year", json!(2200), "out_of_range"),
        ("release_year", json!(-1), "out_of_range"),
        ("release_year", json!(i64::MAX), "out_of_range"),
        ("runtime_minutes", json!(0), "out_of_range"),
        ("runtime_minutes", json!(60_001), "out_of_range"),
        ("genres[1]", json!(["Drama", " "]), "blank"),
        ("genres[0]", json!(["x".repeat(41)]), "too_long"),
        ("genres", json!(["Drama", "drama"]), "repeated"),
        ("genres", json!((0..21).map(|n| format!("Genre {n}")).collect::<Vec<_>>()), "too_many"),
        ("directors[0]", json!(["nul\0"]), "control_character"),
        ("alternative_titles[1]", json!(["Up", " "]), "blank"),
        ("alternative_titles", json!(["Up", "Up"]), "repeated"),
        (
            "alternative_titles",
            json!((0..51).map(|n| n.to_string()).collect::<Vec<_>>()),
            "too_many",
        ),
        ("original_language", json!("french"), "malformed"),
        ("countries[1]", json!(["FR", "XX"]), "malformed"),
        ("countries", json!(["FR", "fr"]), "repeated"),
        ("synopsis", json!("nul\0"), "control_character"),
        ("external_ids.imdb", json!({"imdb": "79944"}), "malformed"),
        ("external_ids.tmdb", json!({"tmdb": 0}), "out_of_range"),
        ("external_ids.movielens", json!({"movielens": 2_147_483_648_i64}), "out_of_range"),
    ]
}

/// The member of the request that a field's path begins with.
fn member(field: &str) -> &str {
    field.split(['.', '[']).next().unwrap_or(field)
}

/// Whether a movie with this original title was stored.
fn is_stored(app: &TestApp, original_title: &str) -> bool {
    let page = app.get(&format!("/movies?query={original_title}")).json(200);
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items.iter().any(|item| item["original_title"] == original_title)
}

fn facts_that_break_a_rule_are_refused_and_nothing_is_stored(app: &TestApp) {
    let (somebody, marker) = (app.somebody(), unique("Refused"));
    for (field, value, code) in broken_facts() {
        let mut facts = json!({"title": "Fine", "original_title": marker});
        facts[member(field)] = value;
        somebody.post("/movies", &facts).refuses([(field, code)]);
    }
    somebody.post("/movies", &json!({"original_title": marker})).refuses([("title", "required")]);
    let unknown = json!({"title": "Fine", "original_title": marker, "rating": 10});
    somebody.post("/movies", &unknown).refuses([("rating", "unknown_field")]);
    let unknown = json!({"title": "Fine", "original_title": marker, "external_ids": {"isbn": 1}});
    somebody.post("/movies", &unknown).refuses([("external_ids.isbn", "unknown_field")]);
    assert!(!is_stored(app, &marker));
}

fn an_edit_that_breaks_a_rule_changes_nothing(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Fine");
    let before = app.movie(&movie);
    for (field, value, code) in broken_facts() {
        let mut edit = json!({"original_title": "Changed"});
        edit[member(field)] = value;
        app.curator().patch(&movie.path(), &movie.etag, &edit).refuses([(field, code)]);
    }
    let no_title = json!({"title": null});
    app.curator().patch(&movie.path(), &movie.etag, &no_title).refuses([("title", "required")]);
    assert_eq!(app.movie(&movie), before);
}

fn every_wrong_fact_is_reported_at_once(app: &TestApp) {
    let facts = json!({"title": "", "release_year": 1869, "runtime_minutes": 0,
        "genres": [""], "external_ids": {"imdb": "x", "tmdb": -1}});
    app.somebody().post("/movies", &facts).refuses([
        ("title", "blank"),
        ("release_year", "out_of_range"),
        ("runtime_minutes", "out_of_range"),
        ("genres[0]", "blank"),
        ("external_ids.imdb", "malformed"),
        ("external_ids.tmdb", "out_of_range"),
    ]);
}

fn facts_of_a_wrong_type_are_refused_and_nothing_is_stored(app: &TestApp) {
    let (somebody, marker) = (app.somebody(), unique("Mistyped"));
    for (field, value) in [
        ("title", json!(5)),
        ("title", json!(["Up"])),
        ("release_year", json!("1999")),
        ("release_year", json!(1999.5)),
        ("release_year", json!(1e300)),
        ("genres", json!("Drama")),
        ("genres[0]", json!([1])),
        ("external_ids.tmdb", json!({"tmdb": "7"})),
        ("external_ids", json!([])),
    ] {
        let mut facts = json!({"title": "Fine", "original_title": marker});
        facts[member(field)] = value;
        somebody.post("/movies", &facts).refuses([(field, "invalid_type")]);
    }
    assert!(!is_stored(app, &marker));
}

fn a_lone_surrogate_is_no_text(app: &TestApp) {
    let (somebody, marker) = (app.somebody(), unique("Surrogate"));
    for title in [r"\ud800", r"\udc00", r"\ud800\ud800", r"Up \udfff"] {
        let body = format!(r#"{{"original_title":"{marker}","title":"{title}"}}"#);
        let call = somebody.call("POST", "/movies").body("application/json", body);
        call.send().problem(400, "malformed_json");
    }
    let pair = format!(r#"{{"original_title":"{marker}","title":"\ud83c\udfac"}}"#);
    let call = somebody.call("POST", "/movies").body("application/json", pair);
    assert_eq!(call.send().json(201)["title"], "\u{1f3ac}");
}

fn facts_at_their_limits_are_taken(app: &TestApp) {
    let genres: Vec<String> = (0..20).map(|n| format!("{:x<38}{n:02}", "")).collect();
    let facts = json!({"title": "七".repeat(200), "release_year": 1870,
        "runtime_minutes": 60_000, "genres": genres});
    let body = app.movie(&app.somebody().add_movie(&facts));
    assert_eq!((&body["title"], &body["genres"]), (&facts["title"], &facts["genres"]));
    app.somebody().add_movie(&json!({"title": "U", "release_year": 2020}));
}
