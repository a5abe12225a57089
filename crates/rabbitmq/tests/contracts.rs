//! The contracts of the ports that this crate adapts, on a real broker.

mod support;

use reelmark_testkit::contracts::message_queue::FreshQueue;

async fn fresh_queue() -> FreshQueue {
    support::fresh_queue()
}

reelmark_testkit::message_queue_contracts!(fresh_queue);
