use serde_json::json;

use crate::beside_others;
use crate::support::scenario::Scenario;
use crate::support::{Movie, TestApp, at_once, eventually, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        a_curator_edits_what_somebody_else_added,
        an_edit_changes_what_it_names_and_nothing_else,
        members_edit_nothing_not_even_what_they_added,
        an_edit_needs_the_version_it_starts_from,
        a_stale_edit_changes_nothing,
        a_new_rating_does_not_spoil_an_edit,
        weak_and_foreign_tags_match_no_version,
        of_two_edits_of_one_version_exactly_one_succeeds,
        an_edited_title_is_found_and_the_old_one_is_not,
    ]
}

fn a_curator_edits_what_somebody_else_added(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Stalkr");
    let edited = app.curator().patch(&movie.path(), &movie.etag, &json!({"title": "Stalker"}));
    let edited = edited.expect(200);
    let etag = edited.etag();
    assert_ne!(etag, movie.etag);
    assert_eq!(edited.json(200)["title"], "Stalker");
    let seen = app.get(&movie.path()).expect(200);
    assert_eq!(seen.etag(), etag);
    assert_eq!(seen.json(200)["title"], "Stalker");
}

fn an_edit_changes_what_it_names_and_nothing_else(app: &TestApp) {
    let facts = json!({"title": "Up", "original_title": "Oben", "release_year": 2009,
        "genres": ["Comedy"], "countries": ["US"], "original_language": "en",
        "alternative_titles": ["Là-haut"], "external_ids": {"tmdb": null}});
    let movie = app.somebody().add_movie(&facts);
    let edit = json!({"original_title": null, "runtime_minutes": 96, "genres": null,
        "original_language": null, "countries": ["CA"]});
    app.curator().patch(&movie.path(), &movie.etag, &edit).expect(200);

    let body = app.movie(&movie);
    assert_eq!((&body["title"], &body["release_year"]), (&json!("Up"), &json!(2009)));
    assert_eq!((&body["original_title"], &body["genres"]), (&json!(null), &json!([])));
    assert_eq!((&body["original_language"], &body["countries"]), (&json!(null), &json!(["CA"])));
    assert_eq!(
        (&body["alternative_titles"], &body["runtime_minutes"]),
        (&json!(["Là-haut"]), &json!(96))
    );
}

fn members_edit_nothing_not_even_what_they_added(app: &TestApp) {
    let members = app.crowd(2);
    let movie = members[0].add_movie_titled("Mine");
    let edit = json!({"title": "Yours"});
    for member in &members {
        member.patch(&movie.path(), &movie.etag, &edit).problem(403, "forbidden");
    }
    let anonymous = app.call("PATCH", &movie.path()).header("if-match", &movie.etag).json(&edit);
    anonymous.send().problem(401, "unauthenticated");
    assert_eq!(app.movie(&movie)["title"], "Mine");
}

fn an_edit_needs_the_version_it_starts_from(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Up");
    let edit = json!({"release_year": 2009});
    let blind = app.curator().call("PATCH", &movie.path()).json(&edit).send();
    blind.problem(428, "precondition_required");
    assert!(app.movie(&movie)["release_year"].is_null());
    app.curator().patch(&movie.path(), "*", &edit).expect(200);
}

fn a_stale_edit_changes_nothing(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Up");
    let edit = |etag: &str, year: i64| {
        app.curator().patch(&movie.path(), etag, &json!({"release_year": year}))
    };
    edit(&movie.etag, 2009).expect(200);
    edit(&movie.etag, 2010).problem(412, "precondition_failed");
    assert_eq!(app.movie(&movie)["release_year"], 2009);
}

fn a_new_rating_does_not_spoil_an_edit(app: &TestApp) {
    let somebody = app.somebody();
    let movie = somebody.add_movie_titled("Up");
    somebody.rate(&movie, 9);
    app.wait_for_scores(&movie, &[9]);
    assert_ne!(app.get(&movie.path()).etag(), movie.etag);

    let edited = app.curator().patch(&movie.path(), &movie.etag, &json!({"release_year": 2009}));
    let body = edited.json(200);
    assert_eq!(
        (&body["release_year"], &body["rating_summary"]["count"]),
        (&json!(2009), &json!(1))
    );
}

fn weak_and_foreign_tags_match_no_version(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Up");
    let bare = movie.etag.trim_matches('"');
    for tag in [&format!("W/{}", movie.etag), bare, "\"\"", "\"99.0\"", "\"x\"", "", "nonsense"] {
        let edit = app.curator().patch(&movie.path(), tag, &json!({"title": "Down"}));
        edit.problem(412, "precondition_failed");
    }
    let list = format!("\"77.1\", {}", movie.etag);
    app.curator().patch(&movie.path(), &list, &json!({"release_year": 2009})).expect(200);
    assert_eq!(app.movie(&movie)["title"], "Up");
}

fn of_two_edits_of_one_version_exactly_one_succeeds(app: &TestApp) {
    let movie = app.somebody().add_movie_titled("Up");
    let curator = app.curator();
    let edit = |number: usize| {
        let title = format!("Up {number}");
        curator.patch(&movie.path(), &movie.etag, &json!({"title": title}))
    };
    let answers = at_once(8, edit);
    let (made, refused): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status == 200);
    let [made] = <[_; 1]>::try_from(made).ok().expect("exactly one edit should succeed");
    for answer in refused {
        answer.problem(412, "precondition_failed");
    }
    assert_eq!(app.movie(&movie)["title"], made.json(200)["title"]);
}

fn an_edited_title_is_found_and_the_old_one_is_not(app: &TestApp) {
    let (old, new) = (unique("Stalker"), unique("Solaris"));
    let movie: Movie = app.somebody().add_movie_titled(&old);
    app.curator().patch(&movie.path(), &movie.etag, &json!({"title": new})).expect(200);
    eventually(true, || app.titles(&format!("/movies?query={new}")).contains(&new));
    assert!(!app.titles(&format!("/movies?query={old}")).contains(&old));
}
