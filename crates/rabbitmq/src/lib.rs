//! The queue on RabbitMQ.
//!
//! A [`RabbitMq`] knows the broker and what everything there is called; publishers and consumers of
//! one [`Channel`](reelmark_application::messages::Channel) are made from it. What they promise is
//! in the ports; how the broker is used for it is in `docs/adr/0017-rabbitmq-queues.md`.
//!
//! Connections are opened when they are needed and again when they broke. The library's own
//! recovery is off: it hides an outage from those who wait, who would hang instead of being told,
//! and lets receipts of the old connection settle other messages of the new one.

mod backlog;
mod broker;
mod consumer;
mod dead_letter_queue;
mod envelope;
mod failure;
mod link;
mod probe;
mod publisher;
mod sender;
mod subscription;
mod topology;

pub use broker::{RabbitMq, RabbitMqConfigError};
pub use consumer::RabbitMqConsumer;
pub use dead_letter_queue::RabbitMqDeadLetterQueue;
pub use probe::RabbitMqProbe;
pub use publisher::RabbitMqPublisher;
