use std::sync::Arc;

use reelmark_application::background::Publishers;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{EventPublisher, MessageConsumer};
use reelmark_memory::in_process_queue;
use reelmark_worker::Consumers;

/// Twice what a relay moves at once, so that it never waits for room.
const CAPACITY: usize = 1000;

/// How messages get from the outbox to the worker: one queue per channel.
pub struct Queue {
    pub publishers: Publishers,
    pub consumers: Consumers,
}

impl Queue {
    pub fn in_process() -> Self {
        let mut queue = Self { publishers: Publishers::new(), consumers: Consumers::new() };
        for channel in Channel::ALL {
            let (publisher, consumer) = in_process_queue(CAPACITY);
            let publisher: Arc<dyn EventPublisher> = Arc::new(publisher);
            let consumer: Arc<dyn MessageConsumer> = Arc::new(consumer);
            queue.publishers.insert(channel, publisher);
            queue.consumers.insert(channel, consumer);
        }
        queue
    }
}
