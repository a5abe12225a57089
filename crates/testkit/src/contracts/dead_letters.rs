//! The contracts of `DeadLetters`.

use reelmark_application::messages::Channel;
use reelmark_application::ports::{DeadLetter, DeadLetterRecord, MessageRecord};
use time::Duration;

use super::Stores;
use super::stores::score_changes;
use crate::builders::minute;

const HOLD: Duration = Duration::MINUTE;

/// Long after every message was stored.
const NOW: i64 = 10_000;

pub async fn what_was_kept_is_listed_as_it_was(stores: Stores) {
    let letter = letter(7, "rating_changed.v9");

    stores.dead_letters.keep(vec![letter.clone()]).await.unwrap();

    assert_eq!(list(&stores, None, 10).await, [letter]);
}

pub async fn what_was_buried_by_the_outbox_is_listed(stores: Stores) {
    let message = stored_message(&stores).await;
    let burial = vec![DeadLetter { id: message.id, reason: "poison".into() }];

    stores.outbox.bury(burial, minute(NOW)).await.unwrap();

    let expected = DeadLetterRecord { message, reason: "poison".into(), buried_at: minute(NOW) };
    assert_eq!(list(&stores, None, 10).await, [expected]);
}

pub async fn letters_are_listed_by_id_page_by_page(stores: Stores) {
    for id in [30, 10, 50, 20, 40] {
        stores.dead_letters.keep(vec![letter(id, "test.v1")]).await.unwrap();
    }

    assert_eq!(ids(&list(&stores, None, 2).await), [10, 20]);
    assert_eq!(ids(&list(&stores, Some(20), 2).await), [30, 40]);
    assert_eq!(ids(&list(&stores, Some(40), 2).await), [50]);
    assert_eq!(list(&stores, Some(50), 2).await, []);
    assert_eq!(list(&stores, None, 0).await, []);
}

pub async fn a_letter_that_comes_twice_is_kept_once_as_it_was_first(stores: Stores) {
    let first = letter(7, "test.v1");
    let again = DeadLetterRecord { reason: "again".into(), ..first.clone() };

    let both = vec![first.clone(), again.clone(), letter(8, "test.v1")];
    stores.dead_letters.keep(both).await.unwrap();
    stores.dead_letters.keep(vec![again]).await.unwrap();

    assert_eq!(list(&stores, None, 10).await, [first, letter(8, "test.v1")]);
}

pub async fn a_retried_letter_goes_back_to_the_outbox_under_its_id(stores: Stores) {
    let message = stored_message(&stores).await;
    let burial = vec![DeadLetter { id: message.id, reason: "bad luck".into() }];
    stores.outbox.bury(burial, minute(NOW)).await.unwrap();

    let retried = stores.dead_letters.retry(vec![message.id, message.id + 1]).await.unwrap();

    assert_eq!(retried, [message.id]);
    assert_eq!(list(&stores, None, 10).await, []);
    assert_eq!(claim(&stores, Channel::Ratings).await, [message]);
}

pub async fn a_retried_letter_goes_to_the_channel_of_its_kind(stores: Stores) {
    let letters = [
        "mail_requested.v1",
        "report_requested.v1",
        "import_requested.v1",
        "rating_changed.v2",
        "nobody_knows.v1",
    ];
    let letters = (1_000..).zip(letters).map(|(id, kind)| letter(id, kind)).collect::<Vec<_>>();
    stores.dead_letters.keep(letters.clone()).await.unwrap();

    let retried = stores.dead_letters.retry(ids(&letters)).await.unwrap();

    assert_eq!(retried, [1_000, 1_001, 1_002, 1_003, 1_004]);
    let channels = [
        Channel::Mail,
        Channel::Reports,
        Channel::Imports,
        Channel::DatedRatings,
        Channel::Ratings,
    ];
    for (channel, letter) in channels.into_iter().zip(letters) {
        assert_eq!(claim(&stores, channel).await, [letter.message]);
    }
}

pub async fn retrying_what_was_counted_already_counts_nothing_twice(stores: Stores) {
    let message = stored_message(&stores).await;
    let changes = score_changes(std::slice::from_ref(&message));
    stores.apply(changes.clone()).await;
    let movie = changes[0].movie_id;
    let before = stores.details(movie).await;
    let burial = vec![DeadLetter { id: message.id, reason: "too late".into() }];
    stores.outbox.bury(burial, minute(NOW)).await.unwrap();

    stores.dead_letters.retry(vec![message.id]).await.unwrap();
    stores.drain().await;

    assert_eq!(stores.details(movie).await, before);
}

pub async fn retrying_what_still_waits_in_the_outbox_leaves_it_there_once(stores: Stores) {
    let message = stored_message(&stores).await;
    let twin = DeadLetterRecord { message: message.clone(), ..letter(1, "test.v1") };
    stores.dead_letters.keep(vec![twin]).await.unwrap();

    stores.dead_letters.retry(vec![message.id]).await.unwrap();

    assert_eq!(claim(&stores, Channel::Ratings).await, [message]);
    assert_eq!(list(&stores, None, 10).await, []);
}

pub async fn a_message_can_be_buried_again(stores: Stores) {
    let message = stored_message(&stores).await;
    for reason in ["first", "second"] {
        let burial = vec![DeadLetter { id: message.id, reason: reason.into() }];
        stores.outbox.bury(burial, minute(NOW)).await.unwrap();
        assert_eq!(list(&stores, None, 10).await[0].reason, reason);
        assert_eq!(stores.dead_letters.retry(vec![message.id]).await.unwrap(), [message.id]);
    }
}

pub async fn letters_are_counted(stores: Stores) {
    assert_eq!(stores.dead_letters.count().await.unwrap(), 0);
    let kept = vec![letter(3, "mail_requested.v1"), letter(5, "rating_changed.v1")];
    stores.dead_letters.keep(kept).await.unwrap();
    assert_eq!(stores.dead_letters.count().await.unwrap(), 2);
    stores.dead_letters.remove(vec![3]).await.unwrap();
    assert_eq!(stores.dead_letters.count().await.unwrap(), 1);
}

pub async fn a_removed_letter_is_gone(stores: Stores) {
    let letters = vec![letter(1_000, "test.v1"), letter(1_001, "test.v1")];
    stores.dead_letters.keep(letters.clone()).await.unwrap();

    let removed = stores.dead_letters.remove(vec![1_001, 1_002]).await.unwrap();

    assert_eq!(removed, [1_001]);
    assert_eq!(list(&stores, None, 10).await, letters[..1]);
    assert_eq!(claim(&stores, Channel::Ratings).await, []);
    assert_eq!(stores.dead_letters.remove(vec![1_001]).await.unwrap(), [0; 0]);
    assert_eq!(stores.dead_letters.retry(vec![1_001]).await.unwrap(), [0; 0]);
}

fn letter(id: i64, kind: &str) -> DeadLetterRecord {
    DeadLetterRecord {
        message: MessageRecord {
            id,
            kind: kind.into(),
            payload: r#"{"title":"Amélie 🎬"}"#.into(),
            created_at: minute(1),
        },
        reason: super::texts::awkward_paragraphs(),
        buried_at: minute(2),
    }
}

/// The message of a new rating, which waits in the outbox.
async fn stored_message(stores: &Stores) -> MessageRecord {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 8).await;
    let claimed = claim(stores, Channel::Ratings).await.remove(0);
    stores.outbox.release(vec![claimed.id]).await.unwrap();
    claimed
}

async fn claim(stores: &Stores, channel: Channel) -> Vec<MessageRecord> {
    stores.outbox.claim(channel, 10, minute(NOW), HOLD).await.unwrap()
}

async fn list(stores: &Stores, after: Option<i64>, limit: usize) -> Vec<DeadLetterRecord> {
    stores.dead_letters.list(after, limit).await.unwrap()
}

fn ids(letters: &[DeadLetterRecord]) -> Vec<i64> {
    letters.iter().map(|letter| letter.message.id).collect()
}

/// Declares one test per contract of `DeadLetters`.
#[macro_export]
macro_rules! dead_letters_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { dead_letters, $fresh_stores,
            what_was_kept_is_listed_as_it_was,
            what_was_buried_by_the_outbox_is_listed,
            letters_are_listed_by_id_page_by_page,
            a_letter_that_comes_twice_is_kept_once_as_it_was_first,
            a_retried_letter_goes_back_to_the_outbox_under_its_id,
            a_retried_letter_goes_to_the_channel_of_its_kind,
            retrying_what_was_counted_already_counts_nothing_twice,
            retrying_what_still_waits_in_the_outbox_leaves_it_there_once,
            a_message_can_be_buried_again,
            letters_are_counted,
            a_removed_letter_is_gone,
        }
    };
}
