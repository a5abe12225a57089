//! The contracts of the ports that this crate adapts.

use std::sync::Arc;

use reelmark_memory::{MemoryCache, in_process_queue};
use reelmark_testkit::FixedClock;
use reelmark_testkit::builders::NOON;
use reelmark_testkit::contracts::cache::FreshCache;
use reelmark_testkit::contracts::message_queue::FreshQueue;

async fn fresh_cache() -> FreshCache {
    let clock = Arc::new(FixedClock::at(NOON));
    let cache = Arc::new(MemoryCache::new(64 << 20, clock.clone()));
    FreshCache {
        cache: cache.clone(),
        flush: Box::new(move || cache.clear()),
        clock: Some(clock),
        guard: Box::new(()),
    }
}

async fn fresh_queue() -> FreshQueue {
    let (publisher, consumer) = in_process_queue(20);
    FreshQueue {
        publisher: Arc::new(publisher),
        consumer: Arc::new(consumer),
        dead_letters: None,
        guard: Box::new(()),
    }
}

reelmark_testkit::cache_contracts!(fresh_cache);
reelmark_testkit::message_queue_contracts!(fresh_queue);
