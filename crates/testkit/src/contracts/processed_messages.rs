//! The contracts of `RatingSummaryRepository`: forgetting which messages were counted in.

use reelmark_application::messages::Channel;
use reelmark_application::ports::ScoreChangeRecord;
use time::Duration;

use super::Stores;
use super::stores::{change, first_rating, score_changes};
use crate::builders::minute;

pub async fn forgets_the_oldest_ids_before_a_time_up_to_a_limit(stores: Stores) {
    let up = stores.add_movie("Up").await;
    let changes: Vec<_> = (0..5).map(|_| first_rating(up, 8)).collect();
    for (n, change) in (0..).zip(&changes) {
        stores.summaries.apply(vec![*change], minute(n)).await.unwrap();
    }
    let forget = |before, limit| stores.summaries.forget_processed(minute(before), limit);

    assert_eq!(forget(0, 10).await.unwrap(), 0);
    assert_eq!(forget(3, 2).await.unwrap(), 2);
    assert_eq!(forget(3, 2).await.unwrap(), 1);
    assert_eq!(forget(3, 2).await.unwrap(), 0);
    stores.apply(changes).await;
    assert_eq!(stores.details(up).await.summary.histogram[7], 8, "three are counted again");
}

pub async fn keeps_the_ids_of_messages_that_wait_in_the_outbox(stores: Stores) {
    let (ada, up) = (stores.add_user("ada").await, stores.add_movie("Up").await);
    stores.rate(ada, up, 8).await;
    let waiting =
        stores.outbox.claim(Channel::Ratings, 1, minute(0), Duration::MINUTE).await.unwrap();
    let counted: Vec<ScoreChangeRecord> = score_changes(&waiting);
    stores.apply(counted.clone()).await;

    assert_eq!(stores.summaries.forget_processed(minute(9), 10).await.unwrap(), 0);
    stores.apply(counted).await;
    assert_eq!(stores.details(up).await.summary.histogram[7], 1);

    stores.outbox.confirm(vec![waiting[0].id]).await.unwrap();
    assert_eq!(stores.summaries.forget_processed(minute(9), 10).await.unwrap(), 1);
}

pub async fn what_was_counted_stays_counted(stores: Stores) {
    let up = stores.add_movie("Up").await;
    stores.apply(vec![first_rating(up, 8), change(up, None, Some(4))]).await;
    let before = stores.details(up).await;

    assert_eq!(stores.summaries.forget_processed(minute(9), 10).await.unwrap(), 2);

    assert_eq!(stores.details(up).await, before);
}

/// Declares one test per contract of forgetting processed messages.
#[macro_export]
macro_rules! processed_messages_contracts {
    ($fresh_stores:ident) => {
        $crate::contract_tests! { processed_messages, $fresh_stores,
            forgets_the_oldest_ids_before_a_time_up_to_a_limit,
            keeps_the_ids_of_messages_that_wait_in_the_outbox,
            what_was_counted_stays_counted,
        }
    };
}
