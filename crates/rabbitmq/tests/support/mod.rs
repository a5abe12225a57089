//! Brokers, and queues of one's own on them.
#![expect(clippy::unwrap_used, reason = "a test without its broker must stop loudly")]

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use async_trait::async_trait;
use reelmark_application::messages::Channel;
use reelmark_application::ports::DeadLetterQueue;
use reelmark_rabbitmq::{RabbitMq, RabbitMqDeadLetterQueue};
use reelmark_testkit::contracts::message_queue::{DeadLetters, FreshQueue};
use reelmark_testkit::servers::EphemeralRabbitMq;
use tokio::runtime::Handle;

/// The queues of a new installation on `broker`.
pub fn installation_on(broker: &EphemeralRabbitMq) -> RabbitMq {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let prefix = format!("test.{}", NEXT.fetch_add(1, Ordering::Relaxed));
    RabbitMq::new(&broker.url(), &prefix, Handle::current()).unwrap()
}

/// The ratings of a new installation on the shared broker.
pub fn fresh_queue() -> FreshQueue {
    let installation = installation_on(EphemeralRabbitMq::shared());
    FreshQueue {
        publisher: Arc::new(installation.publisher(Channel::Ratings)),
        consumer: Arc::new(installation.consumer(Channel::Ratings)),
        dead_letters: Some(Box::new(BrokersDeadLetters(installation.dead_letters()))),
        guard: Box::new(installation),
    }
}

struct BrokersDeadLetters(RabbitMqDeadLetterQueue);

#[async_trait]
impl DeadLetters for BrokersDeadLetters {
    async fn reason(&self, id: i64) -> String {
        let delivery = self.0.next_batch(1).await.unwrap().remove(0);
        assert_eq!(delivery.message.id, id);
        self.0.acknowledge(vec![delivery.receipt]).await.unwrap();
        delivery.reason
    }
}
