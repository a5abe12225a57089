//! The contracts of the ports that this crate adapts.

use std::sync::Arc;

use async_trait::async_trait;
use reelmark_application::ports::{Allowance, Demand, RateLimiter, RateLimiterError};
use reelmark_application::throttling::RateLimiterWithFallback;
use reelmark_memory::{MemoryCache, MemoryRateLimiter, in_process_queue};
use reelmark_testkit::FixedClock;
use reelmark_testkit::builders::NOON;
use reelmark_testkit::contracts::cache::FreshCache;
use reelmark_testkit::contracts::message_queue::FreshQueue;
use reelmark_testkit::contracts::rate_limiter::FreshRateLimiter;

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

async fn fresh_rate_limiter() -> FreshRateLimiter {
    let clock = Arc::new(FixedClock::at(NOON));
    FreshRateLimiter { limiter: Arc::new(MemoryRateLimiter::new(1_000, clock.clone())), clock }
}

reelmark_testkit::cache_contracts!(fresh_cache);
reelmark_testkit::message_queue_contracts!(fresh_queue);
reelmark_testkit::rate_limiter_contracts!(fresh_rate_limiter);

/// A replica that can't reach the limiter it shares with others.
mod with_fallback {
    use super::*;

    struct Unreachable;

    #[async_trait]
    impl RateLimiter for Unreachable {
        async fn admit(&self, _: Vec<Demand>) -> Result<Vec<Allowance>, RateLimiterError> {
            Err(RateLimiterError("down".into()))
        }
    }

    async fn fresh_rate_limiter() -> FreshRateLimiter {
        let FreshRateLimiter { limiter, clock } = super::fresh_rate_limiter().await;
        let limiter = RateLimiterWithFallback::new(Arc::new(Unreachable), limiter);
        FreshRateLimiter { limiter: Arc::new(limiter), clock }
    }

    reelmark_testkit::rate_limiter_contracts!(fresh_rate_limiter);
}
