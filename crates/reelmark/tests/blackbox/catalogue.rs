//! Movies: adding, viewing, editing and removing them.

mod bad_facts;
mod editing;
mod removing;

use serde_json::json;

use crate::beside_others;
use crate::support::scenario::Scenario;
use crate::support::{Movie, TestApp, at_once, unique, unique_name};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        a_new_movie_is_answered_with_where_it_is,
        a_title_is_all_that_a_movie_needs,
        all_facts_of_a_movie_are_kept,
        texts_are_trimmed_and_normalised,
        adding_a_movie_needs_a_token,
        an_external_id_belongs_to_one_movie,
        of_many_movies_with_one_external_id_exactly_one_is_added,
        a_movie_is_not_sent_twice,
        an_unknown_movie_is_not_found,
        an_id_that_no_movie_can_have_is_refused,
        the_starter_catalogue_is_there,
        the_starter_catalogue_is_found_by_language_and_country,
    ];
    scenarios.extend(editing::scenarios());
    scenarios.extend(removing::scenarios());
    scenarios.extend(bad_facts::scenarios());
    scenarios
}

/// An IMDb id that no movie of the starter catalogue has.
fn new_imdb_id() -> String {
    let number = unique_name("").replace('-', "");
    format!("tt99{number}")
}

fn a_new_movie_is_answered_with_where_it_is(app: &TestApp) {
    let title = unique("Stalker");
    let answer = app.somebody().post("/movies", &json!({"title": title})).expect(201);
    let movie = Movie::from_answer(answer);
    let found = app.get(&movie.path()).expect(200);
    assert_eq!(found.etag(), movie.etag);
    assert_eq!(found.json(200)["title"], title.as_str());

    let answer = app.somebody().post("/movies", &json!({"title": title})).expect(201);
    let location = answer.header("location").unwrap_or_default().to_owned();
    let second = answer.json(201);
    assert_eq!(location, format!("/api/v1/movies/{}", second["id"]));
    assert_eq!(app.at_root(&location).json(200), second);
}

fn a_title_is_all_that_a_movie_needs(app: &TestApp) {
    let movie = app.somebody().add_movie(&json!({"title": "Up"}));
    let body = app.movie(&movie);
    assert_eq!(body["title"], "Up");
    let empty =
        ["original_title", "release_year", "runtime_minutes", "original_language", "synopsis"];
    assert!(empty.iter().all(|name| body[name].is_null()), "{body:#}");
    for name in ["alternative_titles", "countries", "genres", "directors"] {
        assert_eq!(body[name], json!([]), "{name}");
    }
    let summary = &body["rating_summary"];
    assert_eq!((&summary["count"], &summary["mean"]), (&json!(0), &json!(null)));
    assert_eq!(summary["histogram"], json!([0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
}

fn all_facts_of_a_movie_are_kept(app: &TestApp) {
    let imdb = new_imdb_id();
    let facts = json!({
        "title": "Stalker",
        "original_title": "Сталкер",
        "alternative_titles": ["Stalker: The Zone", "潜行者"],
        "release_year": 1979,
        "runtime_minutes": 162,
        "original_language": "ru",
        "countries": ["RU", "DE"],
        "genres": ["Drama", "Sci-Fi"],
        "directors": ["Andrei Tarkovsky"],
        "synopsis": "A guide leads two men\nthrough the Zone.",
        "external_ids": {"imdb": imdb, "tmdb": null},
    });
    let body = app.movie(&app.somebody().add_movie(&facts));
    for (name, value) in facts.as_object().unwrap() {
        if name != "external_ids" {
            assert_eq!(&body[name], value, "{name}");
        }
    }
    let ids = json!({"imdb": imdb, "tmdb": null, "movielens": null});
    assert_eq!(body["external_ids"], ids);
    for name in ["created_at", "updated_at"] {
        let time = body[name].as_str().unwrap_or_default();
        assert!(time.ends_with('Z') && time.contains('T'), "{name} should be in UTC: {time:?}");
    }
}

fn texts_are_trimmed_and_normalised(app: &TestApp) {
    let facts = json!({"title": "  Ame\u{301}lie\u{a0} ", "genres": [" Drama "],
        "original_language": "FRA", "countries": ["fr"]});
    let body = app.movie(&app.somebody().add_movie(&facts));
    assert_eq!((&body["original_language"], &body["countries"]), (&json!("fr"), &json!(["FR"])));
    assert_eq!((&body["title"], &body["genres"]), (&json!("Am\u{e9}lie"), &json!(["Drama"])));
}

fn adding_a_movie_needs_a_token(app: &TestApp) {
    let title = unique("Nobody's");
    app.post("/movies", &json!({"title": title})).problem(401, "unauthenticated");
    assert!(!app.titles(&format!("/movies?query={title}")).contains(&title));
}

fn an_external_id_belongs_to_one_movie(app: &TestApp) {
    let (imdb, somebody) = (new_imdb_id(), app.somebody());
    let with_id = |title: &str| json!({"title": title, "external_ids": {"imdb": imdb}});
    somebody.add_movie(&with_id("First"));
    let title = unique("Second");
    somebody.post("/movies", &with_id(&title)).problem(409, "external_id_taken");
    assert!(!app.titles(&format!("/movies?query={title}")).contains(&title));

    let other = somebody.add_movie_titled("Other");
    let taken = json!({"external_ids": {"imdb": imdb}});
    let edit = app.curator().patch(&other.path(), &other.etag, &taken);
    edit.problem(409, "external_id_taken");
    assert!(app.movie(&other)["external_ids"]["imdb"].is_null());
}

fn of_many_movies_with_one_external_id_exactly_one_is_added(app: &TestApp) {
    let (somebody, imdb, title) = (app.somebody(), new_imdb_id(), unique("Racer"));
    let facts = json!({"title": title, "external_ids": {"imdb": imdb}});
    let answers = at_once(12, |_| somebody.post("/movies", &facts));
    let (added, refused): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == 201);
    assert_eq!(added.len(), 1);
    for answer in refused {
        answer.problem(409, "external_id_taken");
    }
    let found = app.titles(&format!("/movies?query={title}"));
    assert_eq!(found.iter().filter(|found| **found == title).count(), 1);
}

fn a_movie_is_not_sent_twice(app: &TestApp) {
    let somebody = app.somebody();
    let movie = somebody.add_movie_titled("Up");
    let again = |tag: &str| app.call("GET", &movie.path()).header("if-none-match", tag).send();
    let unchanged = again(&movie.etag).expect(304);
    assert_eq!((unchanged.etag(), unchanged.body.len()), (movie.etag.clone(), 0));
    again(&format!("\"1\", W/{}", movie.etag)).expect(304);
    again("\"other\"").expect(200);

    somebody.rate(&movie, 8);
    app.wait_for_scores(&movie, &[8]);
    assert_ne!(again(&movie.etag).expect(200).etag(), movie.etag);
}

fn an_unknown_movie_is_not_found(app: &TestApp) {
    let unknown = "/movies/9223372036854775807";
    app.get(unknown).problem(404, "movie_not_found");
    app.get(&format!("{unknown}/ratings")).problem(404, "movie_not_found");
    app.get(&format!("{unknown}/rating-summary")).problem(404, "movie_not_found");
    let curator = app.curator();
    curator.patch(unknown, "*", &json!({"title": "Up"})).problem(404, "movie_not_found");
    curator.delete(unknown).problem(404, "movie_not_found");
}

fn an_id_that_no_movie_can_have_is_refused(app: &TestApp) {
    let somebody = app.somebody();
    for id in ["9223372036854775808", "0", "-1", "abc", "1.0", "%31%00", "１"] {
        let path = format!("/movies/{id}");
        app.get(&path).refuses([("id", "out_of_range")]);
        app.get(&format!("{path}/ratings")).refuses([("id", "out_of_range")]);
        app.get(&format!("{path}/rating-summary")).refuses([("id", "out_of_range")]);
        let rating = format!("{path}/rating");
        somebody.put(&rating, &json!({"score": 7})).refuses([("id", "out_of_range")]);
    }
}

fn the_starter_catalogue_is_there(app: &TestApp) {
    let page = app.get("/movies?count=exact&year_to=2020&limit=1").json(200);
    assert!(page["total"].as_u64().is_some_and(|total| total >= 1_000), "{page:#}");
    for title in ["Casablanca", "The Godfather", "Amélie", "Seven Samurai"] {
        let found = app.titles(&format!("/movies?query={title}"));
        assert_eq!(found.first().map(String::as_str), Some(title));
    }
}

fn the_starter_catalogue_is_found_by_language_and_country(app: &TestApp) {
    for (filter, title) in [
        ("language=fr", "Amélie"),
        ("country=jp", "Seven Samurai"),
        ("language=ja&country=jp", "Seven Samurai"),
    ] {
        let found = app.titles(&format!("/movies?query={title}&{filter}"));
        assert_eq!(found.first().map(String::as_str), Some(title), "{filter}");
    }
    let elsewhere = app.titles("/movies?query=Seven Samurai&language=fr");
    assert!(!elsewhere.contains(&"Seven Samurai".to_owned()), "{elsewhere:?}");
}
