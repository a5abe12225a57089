//! The contracts of `SessionRepository` about opening and ending; rotation has a suite of its own.

use reelmark_application::ports::OpenSession;
use reelmark_domain::Session;
use time::Duration;

use super::Stores;
use super::races::at_once;
use crate::builders::{NOON, digest, open_session};

pub async fn opens_a_session_that_its_user_can_use(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;

    let session = stores.open(open_session(&user, "first")).await;

    assert_eq!(stores.bearer(ada, session, NOON).await, Some(user));
}

pub async fn every_session_has_an_id_of_its_own(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    let calls = (0..20).map(|n| {
        let (sessions, session) = (stores.sessions.clone(), open_session(&user, &n.to_string()));
        async move { sessions.open(session).await.unwrap().unwrap() }
    });

    let mut ids = at_once(calls).await;

    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 20);
    assert_eq!(stores.session_ids(ada).await.len(), 20);
}

pub async fn the_id_of_an_ended_session_is_not_given_out_again(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    let ended = stores.open(open_session(&user, "first")).await;
    stores.sessions.end(ada, ended).await.unwrap();

    let next = stores.open(open_session(&user, "second")).await;

    assert_ne!(ended, next);
}

pub async fn opens_nothing_for_whoever_knew_another_password(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    let session = OpenSession { password_hash: "old".into(), ..open_session(&user, "first") };

    assert_eq!(stores.sessions.open(session).await.unwrap(), None);
    assert!(stores.session_ids(ada).await.is_empty());
}

pub async fn opens_nothing_for_nobody(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    let session = OpenSession { user_id: ada + 1, ..open_session(&user, "first") };

    assert_eq!(stores.sessions.open(session).await.unwrap(), None);
}

pub async fn opening_forgets_what_has_run_out_of_this_user_alone(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (ada_user, bob_user) = (stores.user(ada).await, stores.user(bob).await);
    let old = stores.open(open_session(&ada_user, "old")).await;
    let bobs = stores.open(open_session(&bob_user, "bob")).await;
    let later = NOON + Session::IDLE_LIMIT;

    let new = OpenSession {
        at: later,
        expires_at: later + Session::MAX_AGE,
        ..open_session(&ada_user, "new")
    };
    let new = stores.open(new).await;

    // What has run out is not found, but one can still tell whether it is there by ending it.
    assert!(!stores.sessions.end(ada, old).await.unwrap());
    assert!(stores.sessions.end(ada, new).await.unwrap());
    assert!(stores.sessions.end(bob, bobs).await.unwrap());
}

pub async fn an_ended_session_is_gone_at_once(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let (first, second) = stores.open_two(ada).await;

    assert!(stores.sessions.end(ada, first).await.unwrap());

    assert_eq!(stores.bearer(ada, first, NOON).await, None);
    assert_eq!(stores.session_ids(ada).await, [second]);
    assert!(!stores.sessions.end(ada, first).await.unwrap());
}

pub async fn nobody_ends_the_session_of_somebody_else(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (first, second) = stores.open_two(ada).await;

    for session in [first, second, second + 1, 0, -1] {
        assert!(!stores.sessions.end(bob, session).await.unwrap());
    }
    assert_eq!(stores.session_ids(ada).await, [second, first]);
}

pub async fn a_token_ends_its_session_once(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let (_, second) = stores.open_two(ada).await;

    assert_eq!(stores.sessions.end_by_token(digest("first")).await.unwrap(), Some(ada));

    assert_eq!(stores.session_ids(ada).await, [second]);
    for unknown in [digest("first"), digest("third"), "first".into(), String::new()] {
        assert_eq!(stores.sessions.end_by_token(unknown).await.unwrap(), None);
    }
}

pub async fn all_sessions_end_but_one(stores: Stores) {
    let (ada, bob) = (stores.add_user("ada").await, stores.add_user("bob").await);
    let (_, kept) = stores.open_two(ada).await;
    stores.open(open_session(&stores.user(ada).await, "third")).await;
    let bobs = stores.open(open_session(&stores.user(bob).await, "bob")).await;

    assert_eq!(stores.sessions.end_all(ada, Some(kept)).await.unwrap(), 2);

    assert_eq!(stores.session_ids(ada).await, [kept]);
    assert_eq!(stores.session_ids(bob).await, [bobs]);
}

pub async fn all_sessions_end_when_none_is_kept(stores: Stores) {
    let ada = stores.add_user("ada").await;
    stores.open_two(ada).await;

    assert_eq!(stores.sessions.end_all(ada, None).await.unwrap(), 2);

    assert!(stores.session_ids(ada).await.is_empty());
    assert_eq!(stores.sessions.end_all(ada, None).await.unwrap(), 0);
}

pub async fn times_are_kept_to_the_microsecond(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    stores.open(open_session(&user, "first")).await;

    let listed = stores.session_reader.list_of_user(ada, NOON + Duration::MINUTE).await.unwrap();

    assert_eq!((listed[0].created_at, listed[0].last_used_at), (NOON, NOON));
    assert_eq!(listed[0].device, "curl on Linux");
}

pub async fn sessions_that_have_run_out_are_forgotten_up_to_a_limit(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    let idle = NOON + Session::IDLE_LIMIT;
    let just_before = idle - Duration::MICROSECOND;
    stores.open_two(ada).await;
    let ending = OpenSession { at: just_before, expires_at: idle, ..open_session(&user, "ends") };
    let bob = stores.add_user("bob").await;
    let ending = OpenSession { user_id: bob, password_hash: "hash of bob".into(), ..ending };
    let ended = stores.open(ending).await;
    let going_on = open_session(&stores.user(bob).await, "goes on");
    let going_on = OpenSession { at: just_before, ..going_on };
    let going_on = stores.open(going_on).await;

    let forget = async |now, limit| stores.sessions.forget_expired(now, limit).await.unwrap();
    assert_eq!(forget(just_before, 10).await, 0);
    assert_eq!(forget(idle, 2).await, 2);
    assert_eq!(forget(idle, 10).await, 1);
    assert_eq!(forget(idle, 10).await, 0);
    assert!(!stores.sessions.end(bob, ended).await.unwrap());
    assert_eq!(stores.sessions.end_by_token(digest("first")).await.unwrap(), None);
    assert!(stores.sessions.end(bob, going_on).await.unwrap());
}

/// Declares one test per contract of `SessionRepository` about opening and ending.
#[macro_export]
macro_rules! session_repository_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { session_repository, $fresh_stores,
            opens_a_session_that_its_user_can_use,
            every_session_has_an_id_of_its_own,
            the_id_of_an_ended_session_is_not_given_out_again,
            opens_nothing_for_whoever_knew_another_password,
            opens_nothing_for_nobody,
            opening_forgets_what_has_run_out_of_this_user_alone,
            an_ended_session_is_gone_at_once,
            nobody_ends_the_session_of_somebody_else,
            a_token_ends_its_session_once,
            all_sessions_end_but_one,
            all_sessions_end_when_none_is_kept,
            times_are_kept_to_the_microsecond,
            sessions_that_have_run_out_are_forgotten_up_to_a_limit,
        }
    };
}
