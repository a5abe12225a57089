//! What is true of the queue in this process beyond the contracts of every queue.
#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::sync::Arc;
use std::time::Duration;

use reelmark_application::ports::{
    Delivery, EventPublisher, MessageConsumer, MessageRecord, Publication, Verdict,
};
use reelmark_memory::{InProcessConsumer, InProcessPublisher, in_process_queue};
use reelmark_testkit::builders::NOON;
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{Instant, timeout};

fn queue_for(capacity: usize) -> (Arc<InProcessPublisher>, InProcessConsumer) {
    let (publisher, consumer) = in_process_queue(capacity);
    (Arc::new(publisher), consumer)
}

/// Publishes messages and lets the publisher come as far as it can.
async fn publish(
    publisher: &Arc<InProcessPublisher>,
    ids: impl IntoIterator<Item = i64>,
) -> JoinHandle<Vec<Publication>> {
    let messages = ids.into_iter().map(|id| MessageRecord {
        id,
        kind: "test.v1".into(),
        payload: "{}".into(),
        created_at: NOON,
    });
    let (publisher, messages) = (publisher.clone(), messages.collect());
    let publishing = tokio::spawn(async move { publisher.publish(messages).await });
    yield_now().await;
    publishing
}

async fn settle_all(consumer: &InProcessConsumer, batch: &[Delivery], verdict: Verdict) {
    let verdicts = batch.iter().map(|delivery| (delivery.receipt, verdict.clone()));
    consumer.settle(verdicts.collect()).await.unwrap();
}

fn bad_luck() -> Verdict {
    Verdict::Retry { reason: "bad luck".into() }
}

#[tokio::test]
async fn nothing_is_confirmed_before_it_is_done() {
    let (publisher, consumer) = queue_for(10);
    let publishing = publish(&publisher, [1, 2]).await;
    let batch = consumer.next_batch(10).await.unwrap();

    settle_all(&consumer, &batch[..1], Verdict::Done).await;
    yield_now().await;
    assert!(!publishing.is_finished());

    settle_all(&consumer, &batch[1..], Verdict::Done).await;
    assert_eq!(publishing.await.unwrap(), [Publication::Confirmed, Publication::Confirmed]);
}

#[tokio::test(start_paused = true)]
async fn what_is_not_done_when_the_consumer_goes_away_is_unconfirmed() {
    let (publisher, consumer) = queue_for(4);
    let publishing = publish(&publisher, 1..=10).await;
    let batch = consumer.next_batch(3).await.unwrap();
    settle_all(&consumer, &batch[..1], Verdict::Done).await;
    settle_all(&consumer, &batch[1..2], bad_luck()).await;

    drop(consumer);

    let publications = publishing.await.unwrap();
    assert_eq!(publications[0], Publication::Confirmed);
    assert_eq!(publications[1..], vec![Publication::Unconfirmed; 9]);
}

#[tokio::test]
async fn without_a_consumer_nothing_is_confirmed() {
    let (publisher, consumer) = queue_for(10);
    drop(consumer);

    let publishing = publish(&publisher, [1]).await;

    assert_eq!(publishing.await.unwrap(), [Publication::Unconfirmed]);
}

#[tokio::test]
async fn a_full_queue_makes_its_publisher_wait() {
    let (publisher, consumer) = queue_for(2);
    let publishing = publish(&publisher, 1..=3).await;

    let batch = consumer.next_batch(10).await.unwrap();
    assert_eq!(batch.len(), 2);
    settle_all(&consumer, &batch, Verdict::Done).await;

    let rest = consumer.next_batch(10).await.unwrap();
    assert_eq!(rest.len(), 1);
    settle_all(&consumer, &rest, Verdict::Done).await;
    assert_eq!(publishing.await.unwrap(), vec![Publication::Confirmed; 3]);
}

#[tokio::test]
async fn the_messages_of_a_publisher_that_goes_away_take_no_room_for_ever() {
    let (publisher, consumer) = queue_for(1);
    publish(&publisher, [1]).await.abort();
    let batch = consumer.next_batch(1).await.unwrap();
    settle_all(&consumer, &batch, Verdict::Done).await;

    let publishing = publish(&publisher, [2]).await;
    let batch = consumer.next_batch(1).await.unwrap();
    settle_all(&consumer, &batch, Verdict::Done).await;

    assert_eq!(publishing.await.unwrap(), [Publication::Confirmed]);
}

#[tokio::test(start_paused = true)]
async fn a_message_rests_longer_each_time_it_comes_back() {
    for verdict in [bad_luck(), Verdict::Postpone] {
        let (publisher, consumer) = queue_for(1);
        let _publishing = publish(&publisher, [1]).await;
        let mut batch = consumer.next_batch(1).await.unwrap();
        for rest in [100, 200, 400, 800] {
            let start = Instant::now();
            settle_all(&consumer, &batch, verdict.clone()).await;
            batch = consumer.next_batch(1).await.unwrap();
            assert_eq!(start.elapsed().as_millis(), rest);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_looked_into_about_once_a_second() {
    let (publisher, consumer) = queue_for(1);
    let _publishing = publish(&publisher, [1]).await;
    let mut deliveries = 0;
    let outage = async {
        while deliveries < 1_000 {
            let batch = consumer.next_batch(1).await.unwrap();
            settle_all(&consumer, &batch, Verdict::Postpone).await;
            deliveries += 1;
        }
    };

    let endless = timeout(Duration::from_secs(60), outage).await;

    assert!(endless.is_err());
    assert!((60..90).contains(&deliveries), "{deliveries} in a minute");
}

#[tokio::test(start_paused = true)]
async fn a_consumer_that_waits_learns_of_messages_put_back_by_another() {
    let (publisher, consumer) = queue_for(1);
    let consumer = Arc::new(consumer);
    let _publishing = publish(&publisher, [1]).await;
    let batch = consumer.next_batch(1).await.unwrap();
    let other = consumer.clone();
    let waiting = tokio::spawn(async move { other.next_batch(1).await });
    yield_now().await;

    settle_all(&consumer, &batch, bad_luck()).await;

    let batch = timeout(Duration::from_secs(1), waiting).await.unwrap().unwrap().unwrap();
    assert_eq!(batch[0].attempt, 2);
}
