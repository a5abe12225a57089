mod backlog;
mod in_process_queue;

pub use in_process_queue::{InProcessConsumer, InProcessPublisher, in_process_queue};
