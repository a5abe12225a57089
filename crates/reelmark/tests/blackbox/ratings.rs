//! Rating movies.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::catalogue::{items_of, texts};
use crate::support::scenario::Scenario;
use crate::support::{Member, Movie, TestApp, at_once};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        the_first_rating_is_created_and_the_next_replaces_it,
        ones_own_rating_is_shown_to_oneself_alone,
        a_review_is_replaced_and_nothing_removes_it,
        a_rating_can_be_taken_back,
        rating_needs_a_token,
        scores_that_are_none_are_refused_and_nothing_is_stored,
        reviews_that_break_a_rule_are_refused_and_nothing_is_stored,
        a_review_at_its_limit_is_taken,
        a_movie_that_does_not_exist_cannot_be_rated,
        forty_ratings_at_once_by_one_member_are_one_rating,
        ratings_of_a_movie_are_listed_latest_first,
    ]
}

fn a_movie_and_a_fan(app: &TestApp) -> (Movie, Member) {
    let fan = app.somebody();
    (fan.add_movie_titled("Up"), fan)
}

fn the_first_rating_is_created_and_the_next_replaces_it(app: &TestApp) {
    let (movie, fan) = a_movie_and_a_fan(app);
    let first = fan.put(&movie.rating(), &json!({"score": 8})).expect(201);
    let location = format!("/api/v1{}", movie.rating());
    assert_eq!(first.header("location"), Some(location.as_str()));
    let etag = first.etag();
    let first = first.json(201);
    assert_eq!((&first["movie_id"], &first["score"]), (&json!(movie.id), &json!(8)));

    let second = fan.put(&movie.rating(), &json!({"score": 3})).expect(200);
    assert_ne!(second.etag(), etag);
    let second = second.json(200);
    assert_eq!((&second["score"], &second["created_at"]), (&json!(3), &first["created_at"]));
    assert_eq!(fan.get(&movie.rating()).json(200), second);
}

fn ones_own_rating_is_shown_to_oneself_alone(app: &TestApp) {
    let (movie, _) = a_movie_and_a_fan(app);
    let [fan, other] = <[Member; 2]>::try_from(app.crowd(2)).ok().unwrap();
    fan.get(&movie.rating()).problem(404, "rating_not_found");
    fan.rate(&movie, 8);

    let answer = fan.get(&movie.rating()).expect(200);
    assert!(answer.header("cache-control").is_some_and(|caching| caching.contains("private")));
    let again = fan.call("GET", &movie.rating()).header("if-none-match", answer.etag());
    again.send().expect(304);
    other.get(&movie.rating()).problem(404, "rating_not_found");
    app.get(&movie.rating()).problem(401, "unauthenticated");
}

fn a_review_is_replaced_and_nothing_removes_it(app: &TestApp) {
    let (movie, fan) = a_movie_and_a_fan(app);
    let given = fan.review(&movie, 8, "  Slow,\nand not a minute too long. ").json(201);
    assert_eq!(given["review"], "Slow,\nand not a minute too long.");
    assert_eq!(fan.review(&movie, 8, "Slow.").json(200)["review"], "Slow.");
    let removed = fan.put(&movie.rating(), &json!({"score": 8})).json(200);
    assert_eq!(removed["review"], Value::Null);
    let path = movie.ratings();
    assert_eq!(fan.items(&path)[0]["review"], Value::Null);
}

fn a_rating_can_be_taken_back(app: &TestApp) {
    let (movie, fan) = a_movie_and_a_fan(app);
    fan.delete(&movie.rating()).problem(404, "rating_not_found");
    fan.rate(&movie, 8);
    fan.unrate(&movie);
    fan.get(&movie.rating()).problem(404, "rating_not_found");
    fan.delete(&movie.rating()).problem(404, "rating_not_found");
    assert!(fan.items(&movie.ratings()).is_empty());
    fan.put(&movie.rating(), &json!({"score": 5})).expect(201);
}

fn rating_needs_a_token(app: &TestApp) {
    let (movie, _) = a_movie_and_a_fan(app);
    let put = app.call("PUT", &movie.rating()).json(&json!({"score": 8}));
    put.send().problem(401, "unauthenticated");
    app.call("DELETE", &movie.rating()).send().problem(401, "unauthenticated");
    assert_eq!(app.get(&movie.ratings()).json(200)["items"], json!([]));
}

fn scores_that_are_none_are_refused_and_nothing_is_stored(app: &TestApp) {
    let (movie, fan) = a_movie_and_a_fan(app);
    for (score, code) in [
        (json!(0), "out_of_range"),
        (json!(11), "out_of_range"),
        (json!(-1), "out_of_range"),
        (json!(i64::MAX), "out_of_range"),
        (json!(5.5), "invalid_type"),
        (json!(5.0), "invalid_type"),
        (json!(u64::MAX), "invalid_type"),
        (json!("7"), "invalid_type"),
        (json!(true), "invalid_type"),
        (json!([7]), "invalid_type"),
        (json!(null), "required"),
    ] {
        fan.put(&movie.rating(), &json!({"score": score})).refuses([("score", code)]);
    }
    fan.put(&movie.rating(), &json!({})).refuses([("score", "required")]);
    let unknown = json!({"score": 7, "user_id": 1});
    fan.put(&movie.rating(), &unknown).refuses([("user_id", "unknown_field")]);
    let twice =
        fan.call("PUT", &movie.rating()).body("application/json", r#"{"score":7,"score":8}"#);
    twice.send().refuses([("score", "repeated")]);
    let not_a_number =
        fan.call("PUT", &movie.rating()).body("application/json", r#"{"score":NaN}"#);
    not_a_number.send().problem(400, "malformed_json");
    fan.get(&movie.rating()).problem(404, "rating_not_found");
}

fn reviews_that_break_a_rule_are_refused_and_nothing_is_stored(app: &TestApp) {
    let (movie, fan) = a_movie_and_a_fan(app);
    for (review, code) in [
        (json!(" "), "blank"),
        (json!("x".repeat(5_001)), "too_long"),
        (json!("nul\0"), "control_character"),
        (json!("bell\u{7}"), "control_character"),
        (json!(["list"]), "invalid_type"),
    ] {
        let rating = json!({"score": 7, "review": review});
        fan.put(&movie.rating(), &rating).refuses([("review", code)]);
    }
    let both = json!({"score": 0, "review": " "});
    fan.put(&movie.rating(), &both).refuses([("score", "out_of_range"), ("review", "blank")]);
    fan.get(&movie.rating()).problem(404, "rating_not_found");
}

fn a_review_at_its_limit_is_taken(app: &TestApp) {
    let (movie, fan) = a_movie_and_a_fan(app);
    let review = "\u{1f3ac}".repeat(5_000);
    assert_eq!(fan.review(&movie, 7, &review).json(201)["review"], review);
}

fn a_movie_that_does_not_exist_cannot_be_rated(app: &TestApp) {
    let fan = app.somebody();
    let unknown = "/movies/9223372036854775807/rating";
    fan.put(unknown, &json!({"score": 7})).problem(404, "movie_not_found");
    fan.get(unknown).problem(404, "rating_not_found");
    fan.delete(unknown).problem(404, "rating_not_found");
}

fn forty_ratings_at_once_by_one_member_are_one_rating(app: &TestApp) {
    let (movie, fan) = a_movie_and_a_fan(app);
    let answers = at_once(40, |number| fan.rate(&movie, number as i64 % 10 + 1).status);

    assert_eq!(answers.iter().filter(|status| **status == 201).count(), 1, "{answers:?}");
    let score = fan.get(&movie.rating()).json(200)["score"].as_i64().unwrap();
    let ratings = app.get(&format!("{}?count=exact", movie.ratings())).json(200);
    assert_eq!((&ratings["total"], items_of(&ratings).len()), (&json!(1), 1));
    app.wait_for_scores(&movie, &[score]);
    assert_eq!(app.summary(&movie)["count"], 1);
}

fn ratings_of_a_movie_are_listed_latest_first(app: &TestApp) {
    let (movie, _) = a_movie_and_a_fan(app);
    let crowd = app.crowd(3);
    for (member, score) in crowd.iter().zip([3, 6, 9]) {
        member.review(&movie, score, "Seen.").expect(201);
    }
    crowd[0].rate(&movie, 10);
    let items = items_of(&app.get(&movie.ratings()).json(200));
    let latest_first = [0, 2, 1].map(|place: usize| crowd[place].username.clone());
    assert_eq!(texts(&items, "/user/username"), latest_first);
    let scores: Vec<&Value> = items.iter().map(|item| &item["score"]).collect();
    assert_eq!(scores, [&json!(10), &json!(9), &json!(6)]);
}
