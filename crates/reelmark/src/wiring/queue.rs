use std::sync::Arc;

use reelmark_application::ports::{EventPublisher, MessageConsumer};
use reelmark_memory::in_process_queue;

/// Twice what the relay moves at once, so that it never waits for room.
const CAPACITY: usize = 1000;

/// How messages get from the outbox to the worker.
pub struct Queue {
    pub publisher: Arc<dyn EventPublisher>,
    pub consumer: Arc<dyn MessageConsumer>,
}

impl Queue {
    pub fn in_process() -> Self {
        let (publisher, consumer) = in_process_queue(CAPACITY);
        Self { publisher: Arc::new(publisher), consumer: Arc::new(consumer) }
    }
}
