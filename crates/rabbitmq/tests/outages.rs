//! What happens when the broker goes away, hangs, or loses a queue. The tests share a broker and
//! take turns, because starting one takes seconds.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use lapin::options::{BasicGetOptions, BasicNackOptions, QueueDeleteOptions};
use lapin::{Connection, ConnectionProperties};
use reelmark_application::messages::Channel;
use reelmark_application::ports::{
    DeadLetterQueue, Delivery, EventPublisher, HealthProbe, MessageConsumer, MessageRecord,
    Publication, Verdict,
};
use reelmark_rabbitmq::RabbitMqConsumer;
use reelmark_testkit::builders::NOON;
use reelmark_testkit::servers::EphemeralRabbitMq;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{sleep, timeout};

/// Longer than publishing may take, and less than a relay's hold with a busy machine's slack.
const TOLD_WITHIN: Duration = Duration::from_secs(8);
const BACK_WITHIN: Duration = Duration::from_secs(40);

async fn broker() -> MutexGuard<'static, EphemeralRabbitMq> {
    static BROKER: LazyLock<Mutex<EphemeralRabbitMq>> =
        LazyLock::new(|| Mutex::new(EphemeralRabbitMq::start()));
    BROKER.lock().await
}

fn messages(ids: impl IntoIterator<Item = i64>) -> Vec<MessageRecord> {
    let message = |id| MessageRecord {
        id,
        kind: "rating_changed.v1".into(),
        payload: "{}".into(),
        created_at: NOON,
    };
    ids.into_iter().map(message).collect()
}

/// Publishes until everything is confirmed, as a relay does.
async fn publish(publisher: &dyn EventPublisher, ids: impl IntoIterator<Item = i64>) {
    let messages = messages(ids);
    let publishing = async {
        loop {
            let fates = publisher.publish(messages.clone()).await;
            if fates.iter().all(|fate| *fate == Publication::Confirmed) {
                return;
            }
            sleep(Duration::from_millis(100)).await;
        }
    };
    timeout(BACK_WITHIN, publishing).await.unwrap();
}

/// The next message, however often the broker goes away meanwhile.
async fn next(consumer: &RabbitMqConsumer) -> Delivery {
    let waiting = async {
        loop {
            match consumer.next_batch(1).await {
                Ok(mut batch) => return batch.remove(0),
                Err(_) => sleep(Duration::from_millis(100)).await,
            }
        }
    };
    timeout(BACK_WITHIN, waiting).await.unwrap()
}

async fn assert_nothing_is_confirmed(publisher: &dyn EventPublisher) {
    let began = Instant::now();
    let fates = publisher.publish(messages([1, 2])).await;
    assert_eq!(fates, [Publication::Unconfirmed, Publication::Unconfirmed]);
    assert!(began.elapsed() < TOLD_WITHIN, "it took {:?}", began.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_crashes_confirms_nothing_and_keeps_what_it_confirmed() {
    let broker = broker().await;
    let installation = support::installation_on(&broker);
    let publisher = installation.publisher(Channel::Ratings);
    let (consumer, probe) = (installation.consumer(Channel::Ratings), installation.probe());
    publish(&publisher, 1..=200).await;
    probe.check().await.unwrap();
    let before = next(&consumer).await;

    broker.crash();

    // What came before the crash may still be handed out; then the consumer is told.
    let told = async { while consumer.next_batch(500).await.is_ok() {} };
    timeout(TOLD_WITHIN, told).await.unwrap();
    assert_nothing_is_confirmed(&publisher).await;
    assert!(probe.check().await.is_err());
    broker.restart();
    publish(&publisher, [201]).await;
    // Its message comes again, so the old receipt must not settle another.
    let _ = consumer.settle(vec![(before.receipt, Verdict::Done)]).await;
    let mut ids = Vec::new();
    for _ in 1..=201 {
        let delivery = next(&consumer).await;
        consumer.settle(vec![(delivery.receipt, Verdict::Done)]).await.unwrap();
        ids.push(delivery.message.id);
    }
    ids.sort_unstable();
    assert_eq!(ids, (1..=201).collect::<Vec<_>>());
    probe.check().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_broker_that_hangs_is_noticed_in_time() {
    let broker = broker().await;
    let installation = support::installation_on(&broker);
    let publisher = installation.publisher(Channel::Ratings);
    let consumer = installation.consumer(Channel::Ratings);
    publish(&publisher, [1]).await;
    let delivery = next(&consumer).await;
    consumer.settle(vec![(delivery.receipt, Verdict::Done)]).await.unwrap();

    broker.pause();

    assert_nothing_is_confirmed(&publisher).await;
    assert_nothing_is_confirmed(&publisher).await;
    assert!(timeout(BACK_WITHIN, consumer.next_batch(1)).await.unwrap().is_err());
    broker.resume();
    publish(&publisher, [3]).await;
    // What was sent before the pause may have been taken nevertheless.
    while next(&consumer).await.message.id != 3 {}
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_that_was_deleted_is_made_anew() {
    let broker = broker().await;
    let prefix = "deleted";
    let runtime = tokio::runtime::Handle::current();
    let installation = reelmark_rabbitmq::RabbitMq::new(&broker.url(), prefix, runtime).unwrap();
    let publisher = installation.publisher(Channel::Mail);
    let consumer = installation.consumer(Channel::Mail);
    publish(&publisher, [1]).await;
    next(&consumer).await;
    let url = broker.url();
    let others = Connection::connect(&url, ConnectionProperties::default()).await.unwrap();
    let wire = others.create_channel().await.unwrap();

    wire.queue_delete("deleted.mail".into(), QueueDeleteOptions::default()).await.unwrap();

    assert!(timeout(TOLD_WITHIN, consumer.next_batch(1)).await.unwrap().is_err());
    publish(&publisher, [2]).await;
    assert_eq!(next(&consumer).await.message.id, 2);
}

/// The consumers count attempts; this is for a message that ends their processes.
#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_its_consumers_die_over_ends_among_the_dead_letters() {
    let broker = broker().await;
    let runtime = tokio::runtime::Handle::current();
    let installation = reelmark_rabbitmq::RabbitMq::new(&broker.url(), "deadly", runtime).unwrap();
    publish(&installation.publisher(Channel::Ratings), [7]).await;
    let url = broker.url();
    let others = Connection::connect(&url, ConnectionProperties::default()).await.unwrap();
    let wire = others.create_channel().await.unwrap();

    let dying = async {
        let mut deaths = 0;
        while deaths <= 50 {
            let got = wire.basic_get("deadly.ratings".into(), BasicGetOptions::default());
            if let Some(message) = got.await.unwrap() {
                let back = BasicNackOptions { requeue: true, ..Default::default() };
                message.nack(back).await.unwrap();
                deaths += 1;
            }
        }
    };
    timeout(BACK_WITHIN, dying).await.unwrap();

    let letters = installation.dead_letters();
    let letter = timeout(BACK_WITHIN, letters.next_batch(1)).await.unwrap().unwrap().remove(0);
    assert_eq!(letter.message, messages([7]).remove(0));
    assert!(letter.reason.contains("the broker gave it up"), "{}", letter.reason);
}

#[tokio::test(flavor = "multi_thread")]
async fn installations_on_one_broker_do_not_meet() {
    let broker = broker().await;
    let (one, other) = (support::installation_on(&broker), support::installation_on(&broker));
    publish(&one.publisher(Channel::Ratings), [1]).await;
    publish(&other.publisher(Channel::Ratings), [2]).await;

    assert_eq!(next(&one.consumer(Channel::Ratings)).await.message.id, 1);
    assert_eq!(next(&other.consumer(Channel::Ratings)).await.message.id, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_come_again_until_they_are_acknowledged() {
    let broker = broker().await;
    let installation = support::installation_on(&broker);
    publish(&installation.publisher(Channel::Mail), [1]).await;
    let consumer = installation.consumer(Channel::Mail);
    let refusal = Verdict::Refuse { reason: "no such address".into() };
    consumer.settle(vec![(next(&consumer).await.receipt, refusal)]).await.unwrap();

    let letters = installation.dead_letters();
    for _ in 0..7 {
        let letter = letters.next_batch(10).await.unwrap().remove(0);
        assert_eq!(letter.reason, "no such address");
        letters.postpone(vec![letter.receipt]).await.unwrap();
    }
    let letter = letters.next_batch(10).await.unwrap().remove(0);
    letters.acknowledge(vec![letter.receipt]).await.unwrap();
    let silence = timeout(Duration::from_millis(300), letters.next_batch(1)).await;
    assert!(silence.is_err());
}
