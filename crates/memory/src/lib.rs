//! Adapters that keep everything in this process: the counterparts of Redis and RabbitMQ for a
//! service that runs alone.

mod cache;
mod queue;
mod rate_limiter;
mod system_clock;

pub use cache::MemoryCache;
pub use queue::{InProcessConsumer, InProcessPublisher, in_process_queue};
pub use rate_limiter::MemoryRateLimiter;
pub use system_clock::SystemClock;
