use super::*;
use crate::testing::{Answer, Api, samples};
use reelmark_domain::Role;

const PATH: &str = "/api/v1/ratings/batch";

async fn send(api: Api, items: Value) -> Answer {
    api.post(PATH, json!({"items": items})).as_member().send().await
}

fn answering(outcomes: Vec<BatchOutcome>) -> Api {
    let mut api = Api::new();
    api.ratings.expect_rate_batch().return_once(move |_| Ok(outcomes));
    api
}

#[actix_web::test]
async fn tells_what_became_of_each_in_order() {
    let movie = samples::movie_id();
    let done = |outcome| BatchOutcome::Done(movie, outcome);
    let outcomes = vec![
        done(BroughtOutcome::Created),
        done(BroughtOutcome::NewerHere),
        BatchOutcome::Superseded(movie),
        BatchOutcome::MovieNotFound,
    ];
    let ok = json!({"movie": {"id": 42}, "score": 8});
    let items = json!([ok, {"movie": {"id": 42}, "score": 11}, ok, ok, ok]);
    let answer = send(answering(outcomes), items).await;
    let body = answer.json();
    let of = |name: &str| -> Vec<_> {
        body["items"].as_array().unwrap().iter().map(|item| item[name].clone()).collect()
    };
    assert_eq!(of("status"), ["created", "invalid", "unchanged", "unchanged", "not_found"]);
    assert_eq!(
        of("code"),
        [Value::Null, "out_of_range".into(), "newer_here".into(), "superseded".into(), Value::Null]
    );
    assert_eq!(of("movie_id"), [42.into(), Value::Null, 42.into(), 42.into(), Value::Null]);
    let counts = json!({"created": 1, "updated": 0, "unchanged": 2, "not_found": 1, "invalid": 1});
    assert_eq!(body["counts"], counts);
}

#[actix_web::test]
async fn understands_every_name_of_a_movie() {
    let mut api = Api::new();
    let is_ours = |command: &RateBatch| {
        let elsewhere = |item: &BatchItem| match &item.movie {
            BatchMovie::Elsewhere(ids) => ids.clone(),
            BatchMovie::Id(id) => panic!("{id}"),
        };
        let [id, imdb, tmdb, movielens] = command.items.as_slice() else { return false };
        command.caller == samples::caller(Role::Member)
            && id.movie == BatchMovie::Id(samples::movie_id())
            && id.rated_at.map(RatedAt::get) == Some(samples::NOON)
            && elsewhere(imdb).imdb == ImdbId::parse("tt0079944").ok()
            && elsewhere(tmdb).tmdb == TmdbId::parse(1398).ok()
            && elsewhere(movielens).movielens == MovieLensId::parse(1199).ok()
    };
    api.ratings.expect_rate_batch().withf(is_ours).once().returning(|_| Ok(vec![]));
    let items = json!([
        {"movie": {"id": 42}, "score": 8, "rated_at": "2026-03-01T13:00:00+01:00"},
        {"movie": {"imdb": "tt0079944"}, "score": 8},
        {"movie": {"tmdb": 1398}, "score": 8},
        {"movie": {"movielens": 1199}, "score": 8},
    ]);
    assert_eq!(send(api, items).await.status, 200);
}

#[actix_web::test]
async fn an_item_that_makes_no_sense_is_told_so_alone() {
    let items = json!([
        {},
        7,
        {"movie": {"id": 42}, "score": "8"},
        {"movie": {"id": 42, "imdb": "tt0079944"}, "score": 8},
        {"movie": {"id": 0}, "score": 8},
        {"movie": {"id": 42}, "score": 8, "review": "Wet."},
        {"movie": {"id": 42}, "score": 8, "rated_at": "2999-01-01T00:00:00Z"},
        {"movie": {"id": 42}, "score": 0},
    ]);
    let answer = send(answering(vec![]), items).await;
    let body = answer.json();
    let codes: Vec<_> =
        body["items"].as_array().unwrap().iter().map(|item| item["code"].clone()).collect();
    assert_eq!(
        codes,
        [
            "required",
            "invalid_type",
            "invalid_type",
            "malformed",
            "out_of_range",
            "unknown_field",
            "in_future",
            "out_of_range"
        ]
    );
    assert_eq!(body["counts"]["invalid"], 8);
    let message = body["items"][7]["message"].as_str().unwrap();
    assert_eq!(message, "score must be between 1 and 10, is 0");
}

#[actix_web::test]
async fn takes_a_thousand_and_no_more() {
    let item = json!({"movie": {"imdb": "tt0079944999"}, "score": 10,
        "rated_at": "2026-02-28T23:59:59.123456+01:00"});
    let many = |count: usize| Value::Array(vec![item.clone(); count]);
    assert_eq!(send(answering(vec![]), many(1_000)).await.status, 200);
    send(Api::new(), many(1_001)).await.refuses(&[("items", "too_many")]);
    send(Api::new(), json!([])).await.refuses(&[("items", "blank")]);
    Api::new().post(PATH, json!({})).as_member().send().await.refuses(&[("items", "required")]);
    let body = json!({"items": [], "user_id": 1});
    let answer = Api::new().post(PATH, body).as_member().send().await;
    answer.refuses(&[("user_id", "unknown_field")]);
    let huge = json!([{"movie": {"imdb": "t".repeat(MAX_BYTES)}}]);
    send(Api::new(), huge).await.fails(413, "body_too_large");
}

#[actix_web::test]
async fn says_what_stands_in_the_way() {
    let mut api = Api::new();
    let away = Err(samples::unavailable().into());
    api.ratings.expect_rate_batch().return_once(|_| away);
    let items = json!([{"movie": {"id": 42}, "score": 8}]);
    send(api, items.clone()).await.fails(503, "unavailable");
    let answer = Api::new().post(PATH, json!({"items": items})).send().await;
    answer.fails(401, "unauthenticated");
}
