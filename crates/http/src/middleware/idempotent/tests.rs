use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::movie::AddMovieError;
use reelmark_application::ports::{RepositoryError, StoredAnswer, UniqueKey};
use reelmark_domain::UserId;
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::*;
use crate::testing::{Answer, Api, samples};

const PATH: &str = "/api/v1/movies";

fn claim() -> KeyClaim {
    KeyClaim { scope: "s".into(), key_hash: "k".into(), held_until: samples::NOON }
}

fn new_key(api: &mut Api) {
    api.idempotency.expect_begin().once().returning(|_| Ok(Begun::New(claim())));
}

async fn add_movie(api: Api) -> Answer {
    let call = api.post(PATH, json!({"title": "Stalker"})).as_member();
    call.header("Idempotency-Key", "\"one\"").send().await
}

async fn begun_as(begun: Begun) -> Answer {
    let mut api = Api::new();
    api.idempotency.expect_begin().once().return_once(|_| Ok(begun));
    add_movie(api).await
}

#[actix_web::test]
async fn a_new_request_is_done_and_its_answer_stored() {
    let mut api = Api::new();
    let is_ours = |request: &KeyedRequest| {
        request.owner == KeyOwner::User(UserId::parse(7).unwrap())
            && (request.key.as_str(), request.method.as_str()) == ("one", "POST")
            && request.path == PATH
            && request.body == br#"{"title":"Stalker"}"#
    };
    let begin = api.idempotency.expect_begin().withf(is_ours);
    begin.once().returning(|_| Ok(Begun::New(claim())));
    api.movies.expect_add_movie().once().returning(|_| Ok(samples::movie()));
    let is_answer = |_: &KeyClaim, answer: &StoredAnswer| {
        let header = |name: &str| answer.headers.iter().find(|(found, _)| found == name);
        let body: Value = serde_json::from_slice(&answer.body).unwrap();
        answer.status == 201
            && body["title"] == "Stalker"
            && header("location").is_some_and(|(_, value)| value == "/api/v1/movies/42")
            && header("etag").is_some()
            && header("content-type").is_some()
    };
    api.idempotency.expect_complete().withf(is_answer).once().returning(|_, _| Ok(()));
    let answer = add_movie(api).await;
    assert_eq!((answer.status, answer.header("idempotency-replayed")), (201, ""));
    assert_eq!(answer.json()["title"], "Stalker");
}

#[actix_web::test]
async fn a_known_request_is_answered_as_before_and_not_done_again() {
    let headers = [("content-type", "application/json"), ("location", "/api/v1/movies/42")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let stored = StoredAnswer { status: 201, headers, body: b"{\"id\":42}".to_vec() };
    let answer = begun_as(Begun::Replay(stored)).await;
    assert_eq!((answer.status, answer.json()), (201, json!({"id": 42})));
    assert_eq!(answer.header("location"), "/api/v1/movies/42");
    assert_eq!(answer.header("idempotency-replayed"), "true");
}

#[actix_web::test]
async fn another_or_unfinished_request_with_the_key_is_refused() {
    begun_as(Begun::OtherRequest).await.fails(422, "idempotency_key_reused");
    let answer = begun_as(Begun::InFlight).await;
    answer.fails(409, "idempotency_in_flight");
    assert_eq!(answer.header("retry-after"), "1");
}

#[actix_web::test]
async fn a_final_failure_is_stored_and_replayed_under_the_new_request_id() {
    let mut api = Api::new();
    new_key(&mut api);
    let taken = || AddMovieError::ExternalIdTaken(UniqueKey::ImdbId);
    api.movies.expect_add_movie().returning(move |_| Err(taken()));
    let (sender, stored) = std::sync::mpsc::channel();
    api.idempotency.expect_complete().once().returning(move |_, answer| {
        sender.send(answer).unwrap();
        Ok(())
    });
    let first = add_movie(api).await;
    first.fails(409, "external_id_taken");
    let again = begun_as(Begun::Replay(stored.recv().unwrap())).await;
    again.fails(409, "external_id_taken");
    assert_eq!(again.problem(), first.problem());
}

#[actix_web::test]
async fn a_failure_that_may_pass_is_not_stored() {
    let mut api = Api::new();
    new_key(&mut api);
    let down = |_| Err(AddMovieError::Store(samples::unavailable()));
    api.movies.expect_add_movie().returning(down);
    api.idempotency.expect_abandon().once().returning(|_| Ok(()));
    add_movie(api).await.fails(503, "unavailable");

    let mut api = Api::new();
    new_key(&mut api);
    api.idempotency.expect_abandon().once().returning(|_| Ok(()));
    let call = api.post(PATH, json!({"title": "Stalker"})).header("Idempotency-Key", "one");
    call.send().await.fails(401, "unauthenticated");
}

#[actix_web::test]
async fn nobody_gets_a_stored_answer_with_a_token_that_is_no_good() {
    let call = Api::new().post(PATH, json!({"title": "Stalker"})).bearer("expired");
    call.header("Idempotency-Key", "one").send().await.fails(401, "token_expired");
}

#[actix_web::test]
async fn a_request_is_done_although_its_answer_can_not_be_stored() {
    let mut api = Api::new();
    new_key(&mut api);
    api.movies.expect_add_movie().once().returning(|_| Ok(samples::movie()));
    api.idempotency.expect_complete().returning(|_, _| Err(samples::unavailable()));
    assert_eq!(add_movie(api).await.status, 201);
}

#[actix_web::test]
async fn nothing_is_done_while_the_store_of_keys_is_down() {
    let mut api = Api::new();
    api.idempotency.expect_begin().returning(|_| Err(samples::unavailable()));
    add_movie(api).await.fails(503, "unavailable");
}

#[actix_web::test]
async fn a_malformed_key_and_a_body_that_is_too_large_are_refused() {
    let call = Api::new().post(PATH, json!({"title": "Stalker"})).as_member();
    let answer = call.header("Idempotency-Key", "").send().await;
    answer.fails(400, "malformed_request");
    assert_eq!(answer.problem()["errors"][0]["field"], "Idempotency-Key");
    let call = Api::new().post(PATH, json!({"title": "x".repeat(33 * 1024)})).as_member();
    call.header("Idempotency-Key", "one").send().await.fails(413, "body_too_large");
}

#[actix_web::test]
async fn signing_in_and_other_methods_ignore_the_key() {
    let call = Api::new().post("/api/v1/auth/login", json!({}));
    let answer = call.header("Idempotency-Key", "").send().await;
    answer.fails(422, "validation_failed");
    let mut api = Api::new();
    api.movies.expect_remove_movie().returning(|_| Ok(()));
    let call = api.delete("/api/v1/movies/42").as_curator();
    assert_eq!(call.header("Idempotency-Key", "").send().await.status, 204);
}

/// Stores an answer when it is let to.
struct SlowKeys {
    gate: Semaphore,
    stored: Semaphore,
}

#[async_trait]
impl IdempotencyUseCases for SlowKeys {
    async fn begin(&self, _: KeyedRequest) -> Result<Begun, RepositoryError> {
        Ok(Begun::New(claim()))
    }

    async fn complete(&self, _: KeyClaim, _: StoredAnswer) -> Result<(), RepositoryError> {
        self.gate.acquire().await.unwrap().forget();
        self.stored.add_permits(1);
        Ok(())
    }

    async fn abandon(&self, _: KeyClaim) -> Result<(), RepositoryError> {
        unreachable!("the movie was added")
    }
}

#[actix_web::test]
async fn an_answer_is_stored_although_nobody_waits_for_it_any_more() {
    let keys = Arc::new(SlowKeys { gate: Semaphore::new(0), stored: Semaphore::new(0) });
    let mut api = Api::new();
    api.config.request_deadline = Duration::from_millis(50);
    api.movies.expect_add_movie().once().returning(|_| Ok(samples::movie()));
    api.slow_idempotency = Some(keys.clone());
    add_movie(api).await.fails(408, "request_timeout");

    keys.gate.add_permits(1);
    let stored = timeout(Duration::from_secs(20), keys.stored.acquire()).await;
    assert!(stored.is_ok(), "the answer should be stored");
}
