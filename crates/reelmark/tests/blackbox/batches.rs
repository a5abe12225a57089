//! Many ratings at once.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::scenario::Scenario;
use crate::support::{Member, TestApp, unique};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        every_rating_of_a_batch_comes_to_a_status,
        an_older_rating_changes_nothing,
        reviews_stay,
        a_thousand_ratings_fit_into_a_batch,
        a_repeated_batch_is_stored_once,
        a_batch_that_makes_no_sense_is_refused,
    ]
}

fn send(member: &Member, items: &Value) -> Value {
    member.post("/ratings/batch", &json!({"items": items})).json(200)
}

fn of<'a>(answer: &'a Value, name: &str) -> Vec<&'a str> {
    let items = answer["items"].as_array().expect("a batch has items");
    items.iter().map(|item| item[name].as_str().unwrap_or_default()).collect()
}

fn every_rating_of_a_batch_comes_to_a_status(app: &TestApp) {
    let ada = app.sign_up("ada");
    let tmdb = 700_000_000 + i64::from(std::process::id()) * 2;
    let tmdb = tmdb + i64::from(app.launch().has_worker_inside());
    let up = ada.add_movie(&json!({"title": unique("Up"), "external_ids": {"tmdb": tmdb}}));
    let (heat, alien) = (ada.add_movie_titled("Heat"), ada.add_movie_titled("Alien"));
    ada.rate(&heat, 5);
    ada.rate(&alien, 6);
    let by_id = |id: i64, score: i64| json!({"movie": {"id": id}, "score": score});

    let answer = send(
        &ada,
        &json!([
            {"movie": {"tmdb": tmdb}, "score": 3},
            by_id(heat.id, 9),
            by_id(alien.id, 6),
            by_id(i64::MAX, 8),
            {"movie": {"imdb": "tt9999999999"}, "score": 8},
            by_id(alien.id, 11),
            {"movie": {"id": up.id, "tmdb": tmdb}, "score": 8},
            by_id(up.id, 4),
        ]),
    );

    let statuses = [
        "unchanged",
        "updated",
        "unchanged",
        "not_found",
        "not_found",
        "invalid",
        "invalid",
        "created",
    ];
    assert_eq!(of(&answer, "status"), statuses);
    assert_eq!(of(&answer, "code")[0], "superseded");
    assert_eq!(of(&answer, "code")[5..7], ["out_of_range", "malformed"]);
    assert_eq!(answer["items"][0]["movie_id"], up.id);
    let counts = json!({"created": 1, "updated": 1, "unchanged": 2, "not_found": 2, "invalid": 2});
    assert_eq!(answer["counts"], counts);
    for (movie, score) in [(&up, 4), (&heat, 9), (&alien, 6)] {
        assert_eq!(ada.get(&movie.rating()).json(200)["score"], score);
        app.wait_for_scores(movie, &[score]);
    }
}

fn an_older_rating_changes_nothing(app: &TestApp) {
    let ada = app.sign_up("ada");
    let up = ada.add_movie_titled("Up");
    let at = |score: i64, rated_at: &str| json!([{"movie": {"id": up.id}, "score": score, "rated_at": rated_at}]);
    assert_eq!(of(&send(&ada, &at(8, "2020-01-02T03:04:05Z")), "status"), ["created"]);
    assert_eq!(ada.get(&up.rating()).json(200)["rated_at"], "2020-01-02T03:04:05Z");
    let older = send(&ada, &at(3, "2019-01-02T03:04:05Z"));
    assert_eq!((of(&older, "status"), of(&older, "code")), (vec!["unchanged"], vec!["newer_here"]));
    assert_eq!(of(&send(&ada, &at(4, "2021-01-02T03:04:05Z")), "status"), ["updated"]);
    assert_eq!(of(&send(&ada, &at(4, "2999-01-02T03:04:05Z")), "code"), ["in_future"]);
    assert_eq!(ada.get(&up.rating()).json(200)["score"], 4);
}

fn reviews_stay(app: &TestApp) {
    let ada = app.sign_up("ada");
    let up = ada.add_movie_titled("Up");
    ada.review(&up, 5, "Wet.").expect(201);
    send(&ada, &json!([{"movie": {"id": up.id}, "score": 9}]));
    let rating = ada.get(&up.rating()).json(200);
    assert_eq!((&rating["score"], &rating["review"]), (&json!(9), &json!("Wet.")));
}

fn a_thousand_ratings_fit_into_a_batch(app: &TestApp) {
    let ada = app.sign_up("ada");
    let up = ada.add_movie_titled("Up");
    let item = json!({
        "movie": {"id": up.id}, "score": 9, "rated_at": "2020-01-02T03:04:05.123456+00:00",
    });
    let answer = send(&ada, &Value::Array(vec![item.clone(); 1_000]));
    assert_eq!(
        (&answer["counts"]["created"], &answer["counts"]["unchanged"]),
        (&json!(1), &json!(999))
    );
    let too_many = json!({"items": vec![item; 1_001]});
    ada.post("/ratings/batch", &too_many).refuses([("items", "too_many")]);
}

fn a_repeated_batch_is_stored_once(app: &TestApp) {
    let ada = app.sign_up("ada");
    let up = ada.add_movie_titled("Up");
    let key = unique("batch");
    let body = json!({"items": [{"movie": {"id": up.id}, "score": 9}]});
    let send = || {
        let call = ada.call("POST", "/ratings/batch").header("idempotency-key", &key);
        call.json(&body).send().expect(200)
    };
    let first = send();
    let again = send();
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.text(), first.text());
    assert_eq!(ada.get(&up.rating()).expect(200).etag(), "\"1\"");
}

fn a_batch_that_makes_no_sense_is_refused(app: &TestApp) {
    let ada = app.somebody();
    let refuse = |body: Value| ada.post("/ratings/batch", &body);
    refuse(json!({})).refuses([("items", "required")]);
    refuse(json!({"items": []})).refuses([("items", "blank")]);
    refuse(json!({"items": "all"})).refuses([("items", "invalid_type")]);
    let spaces = format!("{{\"items\":[]{}}}", " ".repeat(300 * 1024));
    let call = ada.call("POST", "/ratings/batch").body("application/json", spaces);
    call.send().problem(413, "body_too_large");
    app.post("/ratings/batch", &json!({"items": []})).problem(401, "unauthenticated");
}
