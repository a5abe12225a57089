use std::sync::Arc;

use reelmark_application::background::Publishers;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{DeadLetterQueue, EventPublisher, HealthProbe, MessageConsumer};
use reelmark_memory::in_process_queue;
use reelmark_rabbitmq::RabbitMq;
use reelmark_worker::Consumers;
use secrecy::{ExposeSecret, SecretString};
use tokio::runtime::Handle;

use crate::config::QueueConfig;
use crate::failure::{Failure, OrFail};

/// Twice what a relay moves at once, so that it never waits for room.
const CAPACITY: usize = 1000;

/// How messages get from the outbox to the worker: one queue per channel.
#[derive(Default)]
pub struct Queue {
    pub publishers: Publishers,
    pub consumers: Consumers,
    /// Where messages go that are given up, unless the publishers are told.
    pub dead_letters: Option<Arc<dyn DeadLetterQueue>>,
    pub probe: Option<Arc<dyn HealthProbe>>,
}

impl Queue {
    pub fn open(config: &QueueConfig, io: &Handle) -> Result<Self, Failure> {
        match config {
            QueueConfig::InProcess => Ok(Self::in_process()),
            QueueConfig::RabbitMq { url, prefix } => Ok(Self::on(&rabbitmq(url, prefix, io)?)),
        }
    }

    fn in_process() -> Self {
        let mut queue = Self::default();
        for channel in Channel::ALL {
            let (publisher, consumer) = in_process_queue(CAPACITY);
            queue.add(channel, Arc::new(publisher), Arc::new(consumer));
        }
        queue
    }

    fn on(broker: &RabbitMq) -> Self {
        let mut queue = Self {
            dead_letters: Some(Arc::new(broker.dead_letters())),
            probe: Some(Arc::new(broker.probe())),
            ..Self::default()
        };
        for channel in Channel::ALL {
            let (publisher, consumer) = (broker.publisher(channel), broker.consumer(channel));
            queue.add(channel, Arc::new(publisher), Arc::new(consumer));
        }
        queue
    }

    fn add(
        &mut self,
        channel: Channel,
        publisher: Arc<dyn EventPublisher>,
        consumer: Arc<dyn MessageConsumer>,
    ) {
        self.publishers.insert(channel, publisher);
        self.consumers.insert(channel, consumer);
    }
}

/// Whether the queue would take its settings.
pub fn check(config: &QueueConfig, io: &Handle) -> Result<(), Failure> {
    match config {
        QueueConfig::InProcess => Ok(()),
        QueueConfig::RabbitMq { url, prefix } => rabbitmq(url, prefix, io).map(drop),
    }
}

/// Connects when it is first used: messages wait in the outbox until then.
fn rabbitmq(url: &SecretString, prefix: &str, io: &Handle) -> Result<RabbitMq, Failure> {
    let broker = RabbitMq::new(url.expose_secret(), prefix, io.clone());
    broker.or_fail("AMQP_URL or AMQP_PREFIX can't be used")
}
