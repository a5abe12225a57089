//! The contracts of `Outbox`.

use std::collections::BTreeSet;

use reelmark_application::messages::{Channel, Message, RatingChangedV1};
use reelmark_application::ports::{Backlog, DeadLetter, MessageRecord, PutRating};
use time::Duration;

use super::Stores;
use super::races::at_once;
use super::stores::decode;
use crate::builders::{minute, put_rating};

const HOLD: Duration = Duration::seconds(30);

/// Long after every message was stored.
const NOW: i64 = 10_000;

pub async fn hands_out_messages_in_the_order_they_were_stored(stores: Stores) {
    let (ada, up) = store_messages(&stores, 9).await;

    let claimed = claim(&stores, 100, 0).await;

    assert!(claimed.is_sorted_by(|one, next| one.id < next.id));
    let times: Vec<_> = claimed.iter().map(|message| message.created_at).collect();
    assert_eq!(times, (0..9).map(minute).collect::<Vec<_>>());
    let first = RatingChangedV1 { movie: up, user: ada, old: None, new: Some(3) };
    assert_eq!(decode(&claimed[0]), Message::RatingChanged(first));
}

pub async fn hands_out_no_more_than_asked_for_and_the_oldest_first(stores: Stores) {
    store_messages(&stores, 5).await;

    let claims =
        [claim(&stores, 2, 0).await, claim(&stores, 2, 0).await, claim(&stores, 2, 0).await];

    assert_eq!(claims.each_ref().map(Vec::len), [2, 2, 1]);
    assert!(claims.concat().is_sorted_by(|one, next| one.id < next.id));
}

pub async fn an_empty_outbox_hands_out_nothing(stores: Stores) {
    assert_eq!(claim(&stores, 10, 0).await, []);
}

pub async fn a_channel_hands_out_its_own_messages_alone(stores: Stores) {
    store_messages(&stores, 2).await;

    for channel in [Channel::DatedRatings, Channel::Mail, Channel::Reports, Channel::Imports] {
        let claimed = stores.outbox.claim(channel, 10, minute(NOW), HOLD).await.unwrap();
        assert_eq!(claimed, []);
    }

    assert_eq!(claim(&stores, 10, 0).await.len(), 2);
}

pub async fn a_message_is_handed_out_once_while_it_is_held(stores: Stores) {
    store_messages(&stores, 3).await;
    claim(&stores, 2, 0).await;

    let meanwhile = claim(&stores, 10, 29).await;

    assert_eq!(meanwhile.len(), 1);
    assert_eq!(claim(&stores, 10, 29).await, []);
}

pub async fn a_message_is_handed_out_again_when_its_hold_has_run_out(stores: Stores) {
    store_messages(&stores, 3).await;
    let first = claim(&stores, 10, 0).await;

    let again = claim(&stores, 10, 31).await;

    assert_eq!(again, first);
    assert_eq!(claim(&stores, 10, 32).await, []);
    assert_eq!(claim(&stores, 10, 62).await, first);
}

pub async fn each_claim_has_a_hold_of_its_own(stores: Stores) {
    store_messages(&stores, 2).await;
    let first = claim(&stores, 1, 0).await;
    let second = claim(&stores, 1, 20).await;

    assert_eq!(claim(&stores, 10, 31).await, first);
    assert_eq!(claim(&stores, 10, 51).await, second);
}

pub async fn a_released_message_is_handed_out_at_once(stores: Stores) {
    store_messages(&stores, 3).await;
    let claimed = claim(&stores, 10, 0).await;

    stores.outbox.release(ids(&claimed[1..2])).await.unwrap();

    assert_eq!(claim(&stores, 10, 0).await, claimed[1..2]);
    assert_eq!(claim(&stores, 10, 0).await, []);
}

pub async fn a_confirmed_message_is_forgotten(stores: Stores) {
    store_messages(&stores, 3).await;
    let claimed = claim(&stores, 10, 0).await;

    stores.outbox.confirm(ids(&claimed[..2])).await.unwrap();

    assert_eq!(stores.outbox.backlog().await.unwrap().depth, 1);
    assert_eq!(claim(&stores, 10, 31).await, claimed[2..]);
}

pub async fn a_late_confirmation_counts_even_if_another_holds_the_message(stores: Stores) {
    store_messages(&stores, 1).await;
    let claimed = claim(&stores, 10, 0).await;
    claim(&stores, 10, 31).await;

    stores.outbox.confirm(ids(&claimed)).await.unwrap();

    assert_eq!(claim(&stores, 10, 1_000).await, []);
}

pub async fn unknown_messages_are_ignored(stores: Stores) {
    store_messages(&stores, 2).await;
    let claimed = claim(&stores, 10, 0).await;
    stores.outbox.confirm(ids(&claimed[..1])).await.unwrap();
    let unknown = vec![claimed[0].id, claimed[1].id + 1, 0, -1, i64::MAX];

    stores.outbox.confirm(unknown.clone()).await.unwrap();
    stores.outbox.release(unknown.clone()).await.unwrap();
    let letters = unknown.into_iter().map(dead_letter).collect();
    stores.outbox.bury(letters, minute(NOW)).await.unwrap();

    assert_eq!(stores.outbox.backlog().await.unwrap().depth, 1);
    assert_eq!(claim(&stores, 10, 31).await, claimed[1..]);
}

pub async fn empty_requests_change_nothing(stores: Stores) {
    store_messages(&stores, 2).await;

    stores.outbox.confirm(vec![]).await.unwrap();
    stores.outbox.release(vec![]).await.unwrap();
    stores.outbox.bury(vec![], minute(NOW)).await.unwrap();

    assert_eq!(claim(&stores, 10, 0).await.len(), 2);
}

pub async fn a_buried_message_no_longer_waits(stores: Stores) {
    store_messages(&stores, 3).await;
    let claimed = claim(&stores, 10, 0).await;
    let letters = claimed[..2].iter().map(|message| dead_letter(message.id));

    stores.outbox.bury(letters.collect(), minute(NOW)).await.unwrap();

    assert_eq!(stores.outbox.backlog().await.unwrap().depth, 1);
    assert_eq!(claim(&stores, 10, 31).await, claimed[2..]);
}

pub async fn a_message_can_be_buried_for_an_awkward_reason(stores: Stores) {
    store_messages(&stores, 1).await;
    let claimed = claim(&stores, 10, 0).await;
    let letter = DeadLetter { id: claimed[0].id, reason: super::texts::awkward_paragraphs() };

    stores.outbox.bury(vec![letter], minute(NOW)).await.unwrap();

    assert_eq!(stores.outbox.backlog().await.unwrap(), Backlog::default());
}

pub async fn the_backlog_counts_what_waits_claimed_or_not(stores: Stores) {
    assert_eq!(stores.outbox.backlog().await.unwrap(), Backlog::default());
    store_messages(&stores, 4).await;
    let waiting = Backlog { depth: 4, oldest: Some(minute(0)) };
    assert_eq!(stores.outbox.backlog().await.unwrap(), waiting);

    let claimed = claim(&stores, 3, 0).await;
    assert_eq!(stores.outbox.backlog().await.unwrap(), waiting);

    stores.outbox.confirm(ids(&claimed[..2])).await.unwrap();
    let left = Backlog { depth: 2, oldest: Some(minute(2)) };
    assert_eq!(stores.outbox.backlog().await.unwrap(), left);
}

pub async fn two_claimants_at_once_never_get_the_same_message(stores: Stores) {
    store_messages(&stores, 120).await;
    let calls = (0..8).map(|_| {
        let outbox = stores.outbox.clone();
        async move {
            let mut claimed = Vec::new();
            loop {
                let batch = outbox.claim(Channel::Ratings, 7, minute(NOW), HOLD).await.unwrap();
                if batch.is_empty() {
                    return claimed;
                }
                claimed.extend(ids(&batch));
            }
        }
    });

    let claimed = at_once(calls).await.concat();

    assert!(claimed.len() <= 120, "some message was handed out twice");
    let rest = claim(&stores, 1_000, 0).await;
    let all: BTreeSet<_> = claimed.iter().copied().chain(ids(&rest)).collect();
    assert_eq!(claimed.len() + rest.len(), 120);
    assert_eq!(all.len(), 120);
}

pub async fn messages_stored_meanwhile_are_all_handed_out(stores: Stores) {
    let users = stores.add_users(40).await;
    let up = stores.add_movie("Up").await;
    let writers = users.into_iter().map(|user| {
        let ratings = stores.ratings.clone();
        async move { ratings.put(put_rating(user, up, 8)).await.unwrap() }
    });
    let writers: Vec<_> = writers.collect();
    let relay = async {
        let mut taken = Vec::new();
        while taken.len() < 40 {
            taken.extend(ids(&stores.take_messages().await));
            tokio::task::yield_now().await;
        }
        taken
    };

    let (_, taken) = tokio::join!(at_once(writers), relay);

    let distinct: BTreeSet<_> = taken.iter().collect();
    assert_eq!((taken.len(), distinct.len()), (40, 40));
}

/// A consumer takes a message with a known id for a replay.
pub async fn the_id_of_a_message_is_never_given_out_again(stores: Stores) {
    let (ada, up) = store_messages(&stores, 3).await;
    let taken = stores.take_messages().await;
    stores.rate(ada, up, 10).await;
    let buried = claim(&stores, 1, 0).await;
    assert!(buried[0].id > taken[2].id);
    let letter = dead_letter(buried[0].id);
    stores.outbox.bury(vec![letter], minute(NOW)).await.unwrap();

    stores.rate(ada, up, 9).await;

    assert!(claim(&stores, 1, 0).await[0].id > buried[0].id);
}

/// Stores `count` messages, one a minute, about one user and one movie.
async fn store_messages(stores: &Stores, count: i64) -> (i64, i64) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    for n in 0..count {
        let rating =
            PutRating { at: minute(n), ..put_rating(ada, up, if n % 2 == 0 { 3 } else { 8 }) };
        stores.put(rating).await;
    }
    (ada, up)
}

/// Claims some seconds after [`NOW`].
async fn claim(stores: &Stores, limit: usize, seconds: i64) -> Vec<MessageRecord> {
    let now = minute(NOW) + Duration::seconds(seconds);
    stores.outbox.claim(Channel::Ratings, limit, now, HOLD).await.unwrap()
}

fn ids(messages: &[MessageRecord]) -> Vec<i64> {
    messages.iter().map(|message| message.id).collect()
}

fn dead_letter(id: i64) -> DeadLetter {
    DeadLetter { id, reason: "Nobody can read this.".into() }
}

/// Declares one test per contract of `Outbox`.
#[macro_export]
macro_rules! outbox_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { outbox, $fresh_stores,
            hands_out_messages_in_the_order_they_were_stored,
            hands_out_no_more_than_asked_for_and_the_oldest_first,
            an_empty_outbox_hands_out_nothing,
            a_channel_hands_out_its_own_messages_alone,
            a_message_is_handed_out_once_while_it_is_held,
            a_message_is_handed_out_again_when_its_hold_has_run_out,
            each_claim_has_a_hold_of_its_own,
            a_released_message_is_handed_out_at_once,
            a_confirmed_message_is_forgotten,
            a_late_confirmation_counts_even_if_another_holds_the_message,
            unknown_messages_are_ignored,
            empty_requests_change_nothing,
            a_buried_message_no_longer_waits,
            a_message_can_be_buried_for_an_awkward_reason,
            the_backlog_counts_what_waits_claimed_or_not,
            two_claimants_at_once_never_get_the_same_message,
            messages_stored_meanwhile_are_all_handed_out,
            the_id_of_a_message_is_never_given_out_again,
        }
    };
}
