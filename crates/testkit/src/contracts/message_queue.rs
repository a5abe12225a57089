//! The contracts of `EventPublisher` and `MessageConsumer`, the two ends of a queue.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::ports::{
    Delivery, EventPublisher, MAX_ATTEMPTS, MessageConsumer, MessageRecord, Publication, Verdict,
};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

use crate::builders::NOON;

/// How long nothing must come for it to count as nothing.
const SILENCE: Duration = Duration::from_millis(300);

/// An empty queue that nobody else uses.
pub struct FreshQueue {
    pub publisher: Arc<dyn EventPublisher>,
    pub consumer: Arc<dyn MessageConsumer>,
    /// Where the queue puts what it gives up, if it doesn't tell the publisher.
    pub dead_letters: Option<Box<dyn DeadLetters>>,
    /// Whatever must live as long as the queue, such as its server.
    pub guard: Box<dyn Any + Send + Sync>,
}

/// The messages that a queue gave up.
#[async_trait]
pub trait DeadLetters: Send + Sync {
    /// Why the message with this id was given up. Waits until it was.
    async fn reason(&self, id: i64) -> String;
}

impl FreshQueue {
    /// Publishes messages in the background.
    fn publish(&self, ids: impl IntoIterator<Item = i64>) -> JoinHandle<Vec<Publication>> {
        let messages = ids.into_iter().map(message).collect();
        let publisher = self.publisher.clone();
        tokio::spawn(async move { publisher.publish(messages).await })
    }

    async fn next_batch(&self, max: usize) -> Vec<Delivery> {
        let batch = self.consumer.next_batch(max).await.unwrap();
        assert!((1..=max).contains(&batch.len()), "{} of 1 to {max}", batch.len());
        batch
    }

    async fn next(&self) -> Delivery {
        self.next_batch(1).await.remove(0)
    }

    async fn settle(&self, delivery: &Delivery, verdict: Verdict) {
        let verdicts = vec![(delivery.receipt, verdict)];
        self.consumer.settle(verdicts).await.unwrap();
    }

    /// Takes `count` messages one by one, does each with `verdict`, and returns their ids.
    async fn process(&self, count: usize, verdict: impl Fn(&Delivery) -> Verdict) -> Vec<i64> {
        let mut ids = Vec::new();
        for _ in 0..count {
            let delivery = self.next().await;
            self.settle(&delivery, verdict(&delivery)).await;
            ids.push(delivery.message.id);
        }
        ids
    }

    async fn assert_nothing_comes(&self) {
        let next = timeout(SILENCE, self.consumer.next_batch(1)).await;
        assert!(next.is_err(), "expected nothing, got {next:?}");
    }

    /// Why a message was given up.
    async fn reason(&self, id: i64, publication: &Publication) -> String {
        match (publication, &self.dead_letters) {
            (Publication::Rejected { reason }, None) => reason.clone(),
            (Publication::Confirmed, Some(letters)) => letters.reason(id).await,
            (other, _) => panic!("message {id} should have been given up, but is {other:?}"),
        }
    }
}

fn message(id: i64) -> MessageRecord {
    MessageRecord {
        id,
        kind: "rating_changed.v1".into(),
        payload: format!(r#"{{"movie":{id}}}"#),
        created_at: NOON,
    }
}

fn done(_: &Delivery) -> Verdict {
    Verdict::Done
}

fn retry(reason: &str) -> Verdict {
    Verdict::Retry { reason: reason.into() }
}

fn refuse(reason: &str) -> Verdict {
    Verdict::Refuse { reason: reason.into() }
}

pub async fn a_message_that_is_done_is_confirmed_and_does_not_come_again(queue: FreshQueue) {
    let publishing = queue.publish([1]);
    queue.process(1, done).await;

    assert_eq!(publishing.await.unwrap(), [Publication::Confirmed]);
    queue.assert_nothing_comes().await;
}

pub async fn a_message_arrives_as_it_was_sent(queue: FreshQueue) {
    let sent = MessageRecord {
        id: i64::MAX,
        kind: "movie_changed.v2".into(),
        payload: r#"{"title":"Amélie 🎬","quote":"\"\n\u0000"}"#.into(),
        created_at: NOON,
    };
    let (publisher, messages) = (queue.publisher.clone(), vec![sent.clone()]);
    let publishing = tokio::spawn(async move { publisher.publish(messages).await });

    let delivery = queue.next().await;
    queue.settle(&delivery, Verdict::Done).await;

    assert_eq!((delivery.message, delivery.attempt), (sent, 1));
    publishing.await.unwrap();
}

pub async fn publishing_nothing_is_answered_with_nothing(queue: FreshQueue) {
    assert_eq!(queue.publish([]).await.unwrap(), []);
    queue.assert_nothing_comes().await;
}

pub async fn messages_come_in_the_order_they_were_sent(queue: FreshQueue) {
    let publishing = queue.publish(1..=100);

    let ids = queue.process(100, done).await;

    assert_eq!(ids, (1..=100).collect::<Vec<_>>());
    assert_eq!(publishing.await.unwrap(), vec![Publication::Confirmed; 100]);
}

pub async fn waits_for_a_message(queue: FreshQueue) {
    queue.assert_nothing_comes().await;
    let consumer = queue.consumer.clone();
    let waiting = tokio::spawn(async move { consumer.next_batch(10).await });

    let publishing = queue.publish([1]);
    let batch = waiting.await.unwrap().unwrap();

    assert_eq!(batch.len(), 1);
    queue.settle(&batch[0], Verdict::Done).await;
    assert_eq!(publishing.await.unwrap(), [Publication::Confirmed]);
}

pub async fn takes_several_messages_at_once_but_no_more_than_asked_for(queue: FreshQueue) {
    let publishing = queue.publish(1..=50);
    let mut ids = Vec::new();
    let mut greatest = 0;
    while ids.len() < 50 {
        let batch = queue.next_batch(8).await;
        greatest = greatest.max(batch.len());
        ids.extend(batch.iter().map(|delivery| delivery.message.id));
        let verdicts = batch.iter().map(|delivery| (delivery.receipt, Verdict::Done));
        queue.consumer.settle(verdicts.collect()).await.unwrap();
    }

    assert_eq!(ids, (1..=50).collect::<Vec<_>>());
    assert!(greatest > 1, "every batch held one message");
    assert_eq!(publishing.await.unwrap(), vec![Publication::Confirmed; 50]);
}

pub async fn a_message_in_work_is_given_to_nobody_else(queue: FreshQueue) {
    let publishing = queue.publish([1]);
    let delivery = queue.next().await;

    queue.assert_nothing_comes().await;

    queue.settle(&delivery, Verdict::Done).await;
    assert_eq!(publishing.await.unwrap(), [Publication::Confirmed]);
}

pub async fn who_stops_waiting_loses_no_message(queue: FreshQueue) {
    let mut publishing = JoinSet::new();
    let mut ids = Vec::new();
    for id in 1..=50 {
        let impatient = queue.consumer.next_batch(1);
        let gave_up = timeout(Duration::from_micros(500), impatient).await;
        let publisher = queue.publisher.clone();
        publishing.spawn(async move { publisher.publish(vec![message(id)]).await });
        if let Ok(batch) = gave_up {
            let delivery = batch.unwrap().remove(0);
            queue.settle(&delivery, Verdict::Done).await;
            ids.push(delivery.message.id);
        }
    }
    ids.extend(queue.process(50 - ids.len(), done).await);

    ids.sort_unstable();
    assert_eq!(ids, (1..=50).collect::<Vec<_>>());
    for publications in publishing.join_all().await {
        assert_eq!(publications, [Publication::Confirmed]);
    }
}

pub async fn a_refused_message_is_given_up_at_once(queue: FreshQueue) {
    let publishing = queue.publish([1]);

    queue.process(1, |_| refuse("unknown kind")).await;

    let publications = publishing.await.unwrap();
    assert_eq!(queue.reason(1, &publications[0]).await, "unknown kind");
    queue.assert_nothing_comes().await;
}

pub async fn a_message_that_fails_five_times_is_given_up_with_the_last_reason(queue: FreshQueue) {
    let publishing = queue.publish([1]);
    for attempt in 1..=MAX_ATTEMPTS {
        let delivery = queue.next().await;
        assert_eq!((delivery.message.id, delivery.attempt), (1, attempt));
        queue.settle(&delivery, retry(&format!("failure {attempt}"))).await;
    }

    let publications = publishing.await.unwrap();
    assert_eq!(queue.reason(1, &publications[0]).await, "failure 5");
    queue.assert_nothing_comes().await;
}

pub async fn a_message_may_succeed_at_the_last_attempt(queue: FreshQueue) {
    let publishing = queue.publish([1]);

    queue.process(MAX_ATTEMPTS as usize - 1, |_| retry("bad luck")).await;
    queue.process(1, done).await;

    assert_eq!(publishing.await.unwrap(), [Publication::Confirmed]);
}

pub async fn a_postponement_does_not_count_as_an_attempt(queue: FreshQueue) {
    let publishing = queue.publish([1]);
    for _ in 0..=MAX_ATTEMPTS {
        let delivery = queue.next().await;
        assert_eq!(delivery.attempt, 1);
        queue.settle(&delivery, Verdict::Postpone).await;
    }

    queue.process(1, done).await;

    assert_eq!(publishing.await.unwrap(), [Publication::Confirmed]);
}

pub async fn the_neighbours_of_a_poison_message_are_confirmed(queue: FreshQueue) {
    let publishing = queue.publish(1..=10);
    let verdict = |delivery: &Delivery| match delivery.message.id {
        5 => retry("poison"),
        _ => Verdict::Done,
    };

    let ids = queue.process(9 + MAX_ATTEMPTS as usize, verdict).await;

    let tries = |id| ids.iter().filter(|tried| **tried == id).count();
    let mut publications = publishing.await.unwrap();
    assert_eq!(queue.reason(5, &publications.remove(4)).await, "poison");
    assert_eq!(tries(5), MAX_ATTEMPTS as usize);
    assert_eq!(publications, vec![Publication::Confirmed; 9]);
    assert!((1..=10).all(|id| id == 5 || tries(id) == 1), "{ids:?}");
}

pub async fn a_message_in_work_does_not_hold_up_the_others(queue: FreshQueue) {
    let publishing = queue.publish(1..=10);
    let slow = queue.next().await;

    assert_eq!(queue.process(9, done).await, (2..=10).collect::<Vec<_>>());

    assert_eq!(slow.message.id, 1);
    queue.settle(&slow, retry("bad luck")).await;
    assert_eq!(queue.process(1, done).await, [1]);
    assert_eq!(publishing.await.unwrap(), vec![Publication::Confirmed; 10]);
}

pub async fn consumers_share_the_messages(queue: FreshQueue) {
    let publishing = queue.publish(1..=2_000);
    let queue = Arc::new(queue);
    let mut consumers = JoinSet::new();
    for _ in 0..8 {
        let queue = queue.clone();
        consumers.spawn(async move { queue.process(250, done).await });
    }

    let mut ids: Vec<i64> = consumers.join_all().await.concat();

    ids.sort_unstable();
    assert_eq!(ids, (1..=2_000).collect::<Vec<_>>());
    assert_eq!(publishing.await.unwrap(), vec![Publication::Confirmed; 2_000]);
}

/// Declares one test per contract of `EventPublisher` and `MessageConsumer`.
#[macro_export]
macro_rules! message_queue_contracts {
    ($fresh_queue:ident) => {
        $crate::contract_tests! { message_queue, $fresh_queue,
            a_message_that_is_done_is_confirmed_and_does_not_come_again,
            a_message_arrives_as_it_was_sent,
            publishing_nothing_is_answered_with_nothing,
            messages_come_in_the_order_they_were_sent,
            waits_for_a_message,
            takes_several_messages_at_once_but_no_more_than_asked_for,
            a_message_in_work_is_given_to_nobody_else,
            who_stops_waiting_loses_no_message,
            a_refused_message_is_given_up_at_once,
            a_message_that_fails_five_times_is_given_up_with_the_last_reason,
            a_message_may_succeed_at_the_last_attempt,
            a_postponement_does_not_count_as_an_attempt,
            the_neighbours_of_a_poison_message_are_confirmed,
            a_message_in_work_does_not_hold_up_the_others,
            consumers_share_the_messages,
        }
    };
}
