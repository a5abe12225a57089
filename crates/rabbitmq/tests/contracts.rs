//! The contracts of the ports that this crate adapts, on a real broker.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::Arc;

use async_trait::async_trait;
use reelmark_application::messages::Channel;
use reelmark_application::ports::DeadLetterQueue;
use reelmark_rabbitmq::RabbitMqDeadLetterQueue;
use reelmark_testkit::contracts::message_queue::{DeadLetters, FreshQueue};
use reelmark_testkit::servers::EphemeralRabbitMq;

async fn fresh_queue() -> FreshQueue {
    let installation = support::installation_on(EphemeralRabbitMq::shared());
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

reelmark_testkit::message_queue_contracts!(fresh_queue);
