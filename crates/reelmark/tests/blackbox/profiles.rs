//! Profiles, one's own and those of others.

use serde_json::json;

use crate::beside_others;
use crate::support::catalogue::{histogram, histogram_of, items_of, texts};
use crate::support::scenario::Scenario;
use crate::support::{TestApp, unique, unique_name};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        ones_own_profile_needs_a_token,
        ones_own_profile_is_not_sent_twice,
        a_profile_can_be_edited_and_emptied,
        a_profile_edit_needs_the_version_it_starts_from,
        wrong_profile_fields_are_refused_and_nothing_is_changed,
        a_profile_counts_what_its_owner_rated,
        rated_movies_are_listed_latest_first,
        a_private_profile_is_hidden_from_others,
        the_ratings_of_a_private_profile_are_counted_but_not_shown,
        an_unknown_profile_is_not_found,
    ]
}

fn ones_own_profile_needs_a_token(app: &TestApp) {
    app.get("/users/me").problem(401, "unauthenticated");
    app.call("PATCH", "/users/me").json(&json!({})).send().problem(401, "unauthenticated");
    let member = app.somebody();
    let profile = member.get("/users/me").json(200);
    assert_eq!(profile["username"], member.username.as_str());
    assert_eq!(profile["email"], member.email.to_lowercase());
}

fn ones_own_profile_is_not_sent_twice(app: &TestApp) {
    let member = app.sign_up("ada");
    let answer = member.get("/users/me").expect(200);
    let caching = answer.header("cache-control").unwrap_or_default();
    assert!(caching.contains("private"), "shared caches must not keep it: {caching:?}");
    let etag = answer.etag();

    let again = || member.call("GET", "/users/me").header("if-none-match", &etag).send();
    assert!(again().expect(304).body.is_empty());
    member.rate(&member.add_movie_titled("Up"), 8);
    assert_eq!(again().json(200)["count"], 1);
}

fn a_profile_can_be_edited_and_emptied(app: &TestApp) {
    let member = app.sign_up("ada");
    let edited = json!({"display_name": " Ada \u{4c}ovelace ", "bio": "First.\nAnd last."});
    let profile = member.edit_profile(&edited).json(200);
    assert_eq!(profile["display_name"], "Ada Lovelace");
    let public = app.get(&member.profile()).json(200);
    assert_eq!(
        (&public["display_name"], &public["bio"]),
        (&profile["display_name"], &edited["bio"])
    );

    let profile = member.edit_profile(&json!({"bio": null})).json(200);
    assert_eq!((&profile["display_name"], &profile["bio"]), (&json!("Ada Lovelace"), &json!(null)));
}

fn a_profile_edit_needs_the_version_it_starts_from(app: &TestApp) {
    let member = app.sign_up("ada");
    let stale = member.get("/users/me").etag();
    let edit = json!({"bio": "First."});
    let blind = member.call("PATCH", "/users/me").json(&edit).send();
    blind.problem(428, "precondition_required");

    member.rate(&member.add_movie_titled("Up"), 8);
    let edited = member.patch("/users/me", &stale, &edit).expect(200);
    assert_ne!(edited.etag(), stale);

    member
        .patch("/users/me", &stale, &json!({"bio": "Second."}))
        .problem(412, "precondition_failed");
    assert_eq!(member.get("/users/me").json(200)["bio"], "First.");
}

fn wrong_profile_fields_are_refused_and_nothing_is_changed(app: &TestApp) {
    let member = app.sign_up("ada");
    let before = member.get("/users/me").expect(200);
    for (edit, field, code) in [
        (json!({"display_name": "x".repeat(81)}), "display_name", "too_long"),
        (json!({"display_name": "two\nlines"}), "display_name", "control_character"),
        (json!({"bio": "x".repeat(1001)}), "bio", "too_long"),
        (json!({"bio": "nul\0"}), "bio", "control_character"),
        (json!({"visibility": "secret"}), "visibility", "malformed"),
        (json!({"visibility": null}), "visibility", "required"),
        (json!({"role": "admin"}), "role", "unknown_field"),
        (json!({"email": "other@example.org"}), "email", "unknown_field"),
    ] {
        member.edit_profile(&edit).refuses([(field, code)]);
    }
    assert_eq!(member.get("/users/me").etag(), before.etag());
}

fn a_profile_counts_what_its_owner_rated(app: &TestApp) {
    let (member, other) = (app.sign_up("ada"), app.somebody());
    let empty = app.get(&member.profile()).json(200);
    assert_eq!(empty["mean"], json!(null));
    for score in [2, 10, 10] {
        let movie = other.add_movie_titled("Up");
        other.rate(&movie, 1);
        member.rate(&movie, score);
    }
    let summary = &app.get(&member.profile()).json(200);
    assert_eq!(histogram(summary), histogram_of(&[2, 10, 10]));
    assert_eq!(summary["count"], 3);
    assert!((summary["mean"].as_f64().unwrap() - 22.0 / 3.0).abs() < 1e-9);
}

fn rated_movies_are_listed_latest_first(app: &TestApp) {
    let member = app.sign_up("ada");
    let titles = ["First", "Second", "Third"].map(unique);
    let movies = titles.clone().map(|title| member.add_movie_titled(&title));
    for movie in &movies {
        member.review(movie, 7, "Seen.").expect(201);
    }
    let path = format!("{}/ratings", member.profile());
    let items = items_of(&app.get(&path).json(200));
    let latest_first: Vec<String> = titles.iter().rev().cloned().collect();
    assert_eq!(texts(&items, "/movie/title"), latest_first);
    assert_eq!((&items[0]["score"], &items[0]["review"]), (&json!(7), &json!("Seen.")));

    member.rate(&movies[0], 8);
    member.unrate(&movies[2]);
    let items = items_of(&app.get(&format!("{path}?count=exact")).json(200));
    assert_eq!(texts(&items, "/movie/title"), [titles[0].clone(), titles[1].clone()]);
}

fn a_private_profile_is_hidden_from_others(app: &TestApp) {
    let (member, other) = (app.sign_up("hidden"), app.somebody());
    member.edit_profile(&json!({"visibility": "private"})).expect(200);
    for path in [member.profile(), format!("{}/ratings", member.profile())] {
        app.get(&path).problem(404, "user_not_found");
        other.get(&path).problem(404, "user_not_found");
        member.get(&path).expect(200);
        app.admin().get(&path).expect(200);
    }
    member.edit_profile(&json!({"visibility": "public"})).expect(200);
    app.get(&member.profile()).expect(200);
}

fn the_ratings_of_a_private_profile_are_counted_but_not_shown(app: &TestApp) {
    let (hidden, other) = (app.sign_up("hidden"), app.somebody());
    let movie = other.add_movie_titled("Up");
    hidden.review(&movie, 3, "A secret.").expect(201);
    other.rate(&movie, 9);
    hidden.edit_profile(&json!({"visibility": "private"})).expect(200);

    app.wait_for_scores(&movie, &[3, 9]);
    let ratings = app.get(&format!("{}?count=exact", movie.ratings())).json(200);
    assert_eq!(texts(&items_of(&ratings), "/user/username"), [other.username.as_str()]);
    assert_eq!(ratings["total"], 1);
    assert_eq!(hidden.get(&movie.rating()).json(200)["review"], "A secret.");
}

fn an_unknown_profile_is_not_found(app: &TestApp) {
    let nobody = unique_name("nobody");
    app.get(&format!("/users/{nobody}")).problem(404, "user_not_found");
    app.get(&format!("/users/{nobody}/ratings")).problem(404, "user_not_found");
    app.get("/users/a").refuses([("username", "too_short")]);
    app.get("/users/%ff%ff%ff").expect(422);
}
