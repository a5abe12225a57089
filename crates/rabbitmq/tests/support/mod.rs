//! Queues of one's own on a broker.

use std::sync::atomic::{AtomicU32, Ordering};

use reelmark_rabbitmq::RabbitMq;
use reelmark_testkit::servers::EphemeralRabbitMq;
use tokio::runtime::Handle;

/// A new installation on `broker`.
#[expect(clippy::unwrap_used, reason = "a test without its broker must stop loudly")]
pub fn installation_on(broker: &EphemeralRabbitMq) -> RabbitMq {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let prefix = format!("test.{}", NEXT.fetch_add(1, Ordering::Relaxed));
    RabbitMq::new(&broker.url(), &prefix, Handle::current()).unwrap()
}
