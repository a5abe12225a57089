//! The contracts of `IdempotencyKeys`.

use reelmark_application::ports::{BeginKeyed, Begun, KeyClaim, StoredAnswer};
use time::Duration;

use super::Stores;
use super::races::at_once;
use crate::builders::{NOON, minute};

const LIFETIME: Duration = Duration::hours(24);

pub async fn a_new_key_may_go_on_and_its_answer_is_replayed(stores: Stores) {
    let claim = claimed(begin(&stores, keyed()).await);
    stores.idempotency_keys.complete(claim, answer()).await.unwrap();

    assert_eq!(begin(&stores, keyed()).await, Begun::Replay(answer()));
    assert_eq!(begin(&stores, later(23 * 60 + 59)).await, Begun::Replay(answer()));
}

pub async fn an_answer_is_kept_byte_by_byte(stores: Stores) {
    let odd = StoredAnswer {
        status: 599,
        headers: vec![("etag".into(), "\"1.0\"".into()), ("link".into(), "<é>; rel=x".into())],
        body: (0..=255).collect(),
    };
    let empty = StoredAnswer { status: 204, headers: vec![], body: vec![] };
    for (key, answer) in [("odd", odd), ("empty", empty)] {
        let keyed = BeginKeyed { key_hash: key.into(), ..keyed() };
        let claim = claimed(begin(&stores, keyed.clone()).await);
        stores.idempotency_keys.complete(claim, answer.clone()).await.unwrap();
        let Begun::Replay(replayed) = begin(&stores, keyed).await else {
            panic!("{key} should be known");
        };
        assert!(replayed == answer, "{key}");
    }
}

pub async fn a_key_under_way_is_in_flight_until_its_hold_runs_out(stores: Stores) {
    let first = claimed(begin(&stores, keyed()).await);

    assert_eq!(begin(&stores, keyed()).await, Begun::InFlight);
    let almost = BeginKeyed { now: first.held_until - Duration::microseconds(1), ..keyed() };
    assert_eq!(begin(&stores, almost).await, Begun::InFlight);

    let second = claimed(begin(&stores, BeginKeyed { now: first.held_until, ..keyed() }).await);
    assert!(second.held_until > first.held_until);
    assert_eq!(begin(&stores, later(1)).await, Begun::InFlight);
}

pub async fn a_claim_that_was_taken_over_changes_nothing(stores: Stores) {
    let late = claimed(begin(&stores, keyed()).await);
    let current = claimed(begin(&stores, later(1)).await);
    let wrong = StoredAnswer { status: 500, ..answer() };

    stores.idempotency_keys.complete(late.clone(), wrong.clone()).await.unwrap();
    stores.idempotency_keys.abandon(late.clone()).await.unwrap();
    assert_eq!(begin(&stores, later(1)).await, Begun::InFlight);

    stores.idempotency_keys.complete(current.clone(), answer()).await.unwrap();
    for claim in [late, current] {
        stores.idempotency_keys.complete(claim.clone(), wrong.clone()).await.unwrap();
        stores.idempotency_keys.abandon(claim).await.unwrap();
    }
    assert_eq!(begin(&stores, later(2)).await, Begun::Replay(answer()));
}

pub async fn an_abandoned_key_may_be_used_again_at_once(stores: Stores) {
    let claim = claimed(begin(&stores, keyed()).await);
    stores.idempotency_keys.abandon(claim).await.unwrap();

    claimed(begin(&stores, BeginKeyed { fingerprint: "other".into(), ..keyed() }).await);
}

pub async fn another_request_with_the_same_key_is_told_so(stores: Stores) {
    let other = |minutes| BeginKeyed { fingerprint: "other".into(), ..later(minutes) };
    let claim = claimed(begin(&stores, keyed()).await);

    assert_eq!(begin(&stores, other(0)).await, Begun::OtherRequest);
    assert_eq!(begin(&stores, other(5)).await, Begun::OtherRequest);
    stores.idempotency_keys.complete(claim, answer()).await.unwrap();
    assert_eq!(begin(&stores, other(6)).await, Begun::OtherRequest);
    assert_eq!(begin(&stores, later(6)).await, Begun::Replay(answer()));
}

pub async fn scopes_and_keys_have_nothing_to_do_with_each_other(stores: Stores) {
    let claim = claimed(begin(&stores, keyed()).await);
    stores.idempotency_keys.complete(claim, answer()).await.unwrap();

    claimed(begin(&stores, BeginKeyed { scope: "user:8 POST /movies".into(), ..keyed() }).await);
    claimed(begin(&stores, BeginKeyed { key_hash: "another".into(), ..keyed() }).await);
}

pub async fn a_key_is_forgotten_after_its_lifetime(stores: Stores) {
    let claim = claimed(begin(&stores, keyed()).await);
    stores.idempotency_keys.complete(claim, answer()).await.unwrap();

    let other = BeginKeyed { fingerprint: "other".into(), ..later(24 * 60) };
    claimed(begin(&stores, other).await);
    assert_eq!(begin(&stores, later(24 * 60)).await, Begun::OtherRequest);
}

pub async fn of_many_at_once_exactly_one_may_go_on(stores: Stores) {
    for (round, now) in [NOON, minute(1), minute(24 * 60 + 2)].into_iter().enumerate() {
        let calls = (0..20).map(|_| {
            let keys = stores.idempotency_keys.clone();
            async move { keys.begin(BeginKeyed { now, ..keyed() }).await.unwrap() }
        });
        let begun = at_once(calls).await;
        let new = begun.iter().filter(|begun| matches!(begun, Begun::New(_))).count();
        let waiting = begun.iter().filter(|begun| matches!(begun, Begun::InFlight)).count();
        assert_eq!((new, waiting), (1, 19), "round {round}");
    }
}

pub async fn sweeping_removes_what_has_passed_its_lifetime(stores: Stores) {
    for n in 0..5 {
        let keyed = BeginKeyed { key_hash: format!("key {n}"), ..later(n) };
        let claim = claimed(begin(&stores, keyed).await);
        if n % 2 == 0 {
            stores.idempotency_keys.complete(claim, answer()).await.unwrap();
        }
    }
    let sweep = |minutes, limit| stores.idempotency_keys.sweep(minute(minutes), limit);

    assert_eq!(sweep(23 * 60, 10).await.unwrap(), 0);
    assert_eq!(sweep(24 * 60 + 2, 2).await.unwrap(), 2);
    assert_eq!(sweep(24 * 60 + 2, 2).await.unwrap(), 1);
    assert_eq!(sweep(24 * 60 + 2, 2).await.unwrap(), 0);
    let last = BeginKeyed { key_hash: "key 4".into(), ..later(5) };
    assert_eq!(begin(&stores, last).await, Begun::Replay(answer()));
}

pub async fn an_answer_may_belong_to_an_account(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let keyed = BeginKeyed { user_id: Some(ada), ..keyed() };
    let claim = claimed(begin(&stores, keyed.clone()).await);
    stores.idempotency_keys.complete(claim, answer()).await.unwrap();

    assert_eq!(begin(&stores, keyed).await, Begun::Replay(answer()));
}

fn keyed() -> BeginKeyed {
    BeginKeyed {
        scope: "user:7 POST /movies".into(),
        key_hash: "key".into(),
        user_id: None,
        fingerprint: "this".into(),
        now: NOON,
        hold: Duration::MINUTE,
        lifetime: LIFETIME,
    }
}

/// The same request some minutes later.
fn later(minutes: i64) -> BeginKeyed {
    BeginKeyed { now: minute(minutes), ..keyed() }
}

fn answer() -> StoredAnswer {
    let headers = vec![("location".into(), "/movies/42".into())];
    StoredAnswer { status: 201, headers, body: b"{\"id\":42}".to_vec() }
}

async fn begin(stores: &Stores, request: BeginKeyed) -> Begun {
    stores.idempotency_keys.begin(request).await.unwrap()
}

#[track_caller]
fn claimed(begun: Begun) -> KeyClaim {
    match begun {
        Begun::New(claim) => claim,
        other => panic!("the key should be new, got {other:?}"),
    }
}

/// Declares one test per contract of `IdempotencyKeys`.
#[macro_export]
macro_rules! idempotency_keys_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { idempotency_keys, $fresh_stores,
            a_new_key_may_go_on_and_its_answer_is_replayed,
            an_answer_is_kept_byte_by_byte,
            a_key_under_way_is_in_flight_until_its_hold_runs_out,
            a_claim_that_was_taken_over_changes_nothing,
            an_abandoned_key_may_be_used_again_at_once,
            another_request_with_the_same_key_is_told_so,
            scopes_and_keys_have_nothing_to_do_with_each_other,
            a_key_is_forgotten_after_its_lifetime,
            of_many_at_once_exactly_one_may_go_on,
            sweeping_removes_what_has_passed_its_lifetime,
            an_answer_may_belong_to_an_account,
        }
    };
}
