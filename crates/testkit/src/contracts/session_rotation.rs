//! The contracts of `SessionRepository` about trading in refresh tokens.

use reelmark_application::ports::{OpenSession, RotationOutcome};
use reelmark_domain::{RefreshVerdict, Session};
use time::{Duration, OffsetDateTime};

use super::Stores;
use super::races::at_once;
use crate::builders::{NOON, minute, open_session, rotate_token};

/// As late as an answer can be lost.
const IN_TIME: OffsetDateTime = NOON.saturating_add(RefreshVerdict::GRACE);
const TOO_LATE: OffsetDateTime = IN_TIME.saturating_add(Duration::MICROSECOND);

pub async fn a_token_is_traded_for_the_next_again_and_again(stores: Stores) {
    let (ada, session) = begin(&stores).await;

    for n in 1..=5 {
        let (token, successor) = (format!("{}", n - 1), n.to_string());
        let outcome = rotate(&stores, &token, &successor, minute(n)).await;
        let expected = RotationOutcome::Rotated { session_id: session, user_id: ada };
        assert_eq!(outcome, expected);
    }
    assert_eq!(stores.session_ids(ada).await, [session]);
}

pub async fn a_token_that_was_never_given_out_is_unknown(stores: Stores) {
    let (ada, session) = begin(&stores).await;

    for token in ["1", "", "' OR 1=1", "%"] {
        assert_eq!(rotate(&stores, token, "2", NOON).await, RotationOutcome::Unknown);
    }
    assert_eq!(stores.session_ids(ada).await, [session]);
}

pub async fn when_the_answer_was_lost_the_token_can_be_traded_again(stores: Stores) {
    let (ada, session) = begin(&stores).await;
    rotated(&stores, "0", "lost", NOON).await;

    rotated(&stores, "0", "1", IN_TIME).await;

    rotated(&stores, "1", "2", minute(5)).await;
    assert_eq!(stores.session_ids(ada).await, [session]);
}

pub async fn the_answer_can_be_lost_twice_but_the_grace_is_not_renewed(stores: Stores) {
    let (ada, _) = begin(&stores).await;
    rotated(&stores, "0", "lost", NOON).await;
    rotated(&stores, "0", "lost too", NOON + Duration::seconds(9)).await;
    rotated(&stores, "0", "1", IN_TIME).await;

    assert_reused(&stores, ada, "0", TOO_LATE).await;
}

pub async fn a_replaced_successor_has_no_grace(stores: Stores) {
    let (ada, _) = begin(&stores).await;
    rotated(&stores, "0", "lost", NOON).await;
    rotated(&stores, "0", "1", NOON).await;

    assert_reused(&stores, ada, "lost", NOON).await;
}

pub async fn a_token_is_reused_after_its_grace(stores: Stores) {
    let (ada, _) = begin(&stores).await;
    rotated(&stores, "0", "1", NOON).await;

    assert_reused(&stores, ada, "0", TOO_LATE).await;
}

pub async fn a_token_is_reused_once_its_successor_was_used(stores: Stores) {
    let (ada, _) = begin(&stores).await;
    rotated(&stores, "0", "1", NOON).await;
    rotated(&stores, "1", "2", NOON).await;

    assert_reused(&stores, ada, "0", NOON).await;
}

pub async fn reuse_ends_its_own_session_alone(stores: Stores) {
    let (ada, first) = begin(&stores).await;
    let bob = stores.add_user("bob").await;
    let second = stores.open(open_session(&stores.user(ada).await, "other device")).await;
    let bobs = stores.open(open_session(&stores.user(bob).await, "bob")).await;
    rotated(&stores, "0", "1", NOON).await;

    let outcome = rotate(&stores, "0", "2", TOO_LATE).await;

    assert_eq!(outcome, RotationOutcome::Reused { session_id: first, user_id: ada });
    assert_eq!(stores.session_ids(ada).await, [second]);
    assert_eq!(stores.session_ids(bob).await, [bobs]);
    for token in ["0", "1", "2"] {
        assert_eq!(rotate(&stores, token, "3", TOO_LATE).await, RotationOutcome::Unknown);
    }
}

pub async fn a_session_that_is_used_does_not_run_out(stores: Stores) {
    let (ada, session) = begin(&stores).await;
    let almost = Session::IDLE_LIMIT - Duration::MICROSECOND;

    rotated(&stores, "0", "1", NOON + almost).await;
    rotated(&stores, "1", "2", NOON + almost + almost).await;

    assert!(stores.bearer(ada, session, NOON + almost + almost).await.is_some());
}

pub async fn a_token_of_a_session_that_has_run_out_is_unknown(stores: Stores) {
    let (ada, _) = begin(&stores).await;
    let user = stores.user(ada).await;
    let end = NOON + Duration::HOUR;
    stores.open(OpenSession { expires_at: end, ..open_session(&user, "short") }).await;

    assert_eq!(rotate(&stores, "short", "next", end).await, RotationOutcome::Unknown);
    let idle = NOON + Session::IDLE_LIMIT;
    assert_eq!(rotate(&stores, "0", "1", idle).await, RotationOutcome::Unknown);
}

pub async fn a_token_of_an_ended_session_is_unknown(stores: Stores) {
    let (ada, session) = begin(&stores).await;
    stores.sessions.end(ada, session).await.unwrap();

    assert_eq!(rotate(&stores, "0", "1", NOON).await, RotationOutcome::Unknown);
}

pub async fn a_token_of_an_account_that_was_closed_is_unknown(stores: Stores) {
    begin(&stores).await;
    for status in ["disabled", "active"] {
        stores.users.set_status("ada".into(), status.into()).await.unwrap();
        assert_eq!(rotate(&stores, "0", "1", NOON).await, RotationOutcome::Unknown);
    }
}

pub async fn of_20_that_trade_in_one_token_at_once_one_can_go_on(stores: Stores) {
    let (ada, session) = begin(&stores).await;

    let branches = race(&stores, &["0"]).await;

    let are_rotated = |(_, o): &Branch| matches!(o, RotationOutcome::Rotated { .. });
    assert!(branches.iter().all(are_rotated), "answers can be lost at the same moment");
    assert_eq!(stores.session_ids(ada).await, [session]);
    assert!(live_branches(&stores, branches).await <= 1);
}

pub async fn after_20_have_traded_in_one_token_it_can_still_be_the_answer_that_was_lost(
    stores: Stores,
) {
    begin(&stores).await;
    race(&stores, &["0"]).await;

    rotated(&stores, "0", "1", IN_TIME).await;
    rotated(&stores, "1", "2", TOO_LATE).await;
}

pub async fn of_20_that_trade_in_a_token_or_its_successor_at_most_one_can_go_on(stores: Stores) {
    begin(&stores).await;
    rotated(&stores, "0", "1", NOON).await;

    let branches = race(&stores, &["0", "1"]).await;

    assert!(live_branches(&stores, branches).await <= 1);
}

pub async fn a_session_that_is_ended_while_it_is_used_stays_ended(stores: Stores) {
    let ada = stores.add_user("ada").await;
    let user = stores.user(ada).await;
    for round in 0..10 {
        let token = format!("{round}");
        let session = stores.open(open_session(&user, &token)).await;
        let rotating = stores.sessions.rotate(rotate_token(&token, &format!("{round}b"), NOON));
        let (outcome, ended) = tokio::join!(rotating, stores.sessions.end(ada, session));
        outcome.unwrap();
        assert!(ended.unwrap());
        assert_eq!(stores.bearer(ada, session, NOON).await, None);
    }
    assert!(stores.session_ids(ada).await.is_empty());
}

/// Ada's session, whose refresh token is "0".
async fn begin(stores: &Stores) -> (i64, i64) {
    let ada = stores.add_user("ada").await;
    let session = stores.open(open_session(&stores.user(ada).await, "0")).await;
    (ada, session)
}

async fn rotate(
    stores: &Stores,
    token: &str,
    successor: &str,
    at: OffsetDateTime,
) -> RotationOutcome {
    stores.sessions.rotate(rotate_token(token, successor, at)).await.unwrap()
}

async fn rotated(stores: &Stores, token: &str, successor: &str, at: OffsetDateTime) {
    let outcome = rotate(stores, token, successor, at).await;
    assert!(matches!(outcome, RotationOutcome::Rotated { .. }), "{token}: {outcome:?}");
}

async fn assert_reused(stores: &Stores, user_id: i64, token: &str, at: OffsetDateTime) {
    let outcome = rotate(stores, token, "stolen", at).await;
    assert!(matches!(outcome, RotationOutcome::Reused { .. }), "{outcome:?}");
    assert!(stores.session_ids(user_id).await.is_empty());
    assert_eq!(rotate(stores, "stolen", "next", at).await, RotationOutcome::Unknown);
}

/// A successor that somebody was given, or not.
type Branch = (String, RotationOutcome);

/// Trades in these tokens, one after the other, 20 times at once. The last to be done comes last.
async fn race(stores: &Stores, tokens: &[&'static str]) -> Vec<Branch> {
    let calls = tokens.iter().cycle().take(20).enumerate().map(|(n, token)| {
        let (sessions, branch) = (stores.sessions.clone(), format!("branch {n}"));
        let request = rotate_token(token, &branch, NOON);
        async move { (branch, sessions.rotate(request).await.unwrap()) }
    });
    at_once(calls).await
}

/// How many of the branches go on. To try a dead one ends the session and all others with it, so
/// the one that is most probably alive is tried first.
async fn live_branches(stores: &Stores, branches: Vec<Branch>) -> usize {
    let mut live = 0;
    for (branch, _) in branches.into_iter().rev() {
        let outcome = rotate(stores, &branch, &format!("after {branch}"), TOO_LATE).await;
        live += usize::from(matches!(outcome, RotationOutcome::Rotated { .. }));
    }
    live
}

/// Declares one test per contract of `SessionRepository` about trading in refresh tokens.
#[macro_export]
macro_rules! session_rotation_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { session_rotation, $fresh_stores,
            a_token_is_traded_for_the_next_again_and_again,
            a_token_of_an_account_that_was_closed_is_unknown,
            a_token_that_was_never_given_out_is_unknown,
            when_the_answer_was_lost_the_token_can_be_traded_again,
            the_answer_can_be_lost_twice_but_the_grace_is_not_renewed,
            a_replaced_successor_has_no_grace,
            a_token_is_reused_after_its_grace,
            a_token_is_reused_once_its_successor_was_used,
            reuse_ends_its_own_session_alone,
            a_session_that_is_used_does_not_run_out,
            a_token_of_a_session_that_has_run_out_is_unknown,
            a_token_of_an_ended_session_is_unknown,
            of_20_that_trade_in_one_token_at_once_one_can_go_on,
            after_20_have_traded_in_one_token_it_can_still_be_the_answer_that_was_lost,
            of_20_that_trade_in_a_token_or_its_successor_at_most_one_can_go_on,
            a_session_that_is_ended_while_it_is_used_stays_ended,
        }
    };
}
