use std::sync::Arc;

use reelmark_application::ports::{Clock, RateLimiter};
use reelmark_application::throttling::{RateLimiterWithFallback, Throttle};
use reelmark_memory::MemoryRateLimiter;

use super::cache::SharedCache;
use crate::config::SecurityConfig;

/// How many keys the limiter in this process remembers: a few tens of megabytes at most.
const CAPACITY: usize = 200_000;

/// What turns those away who do something too often. Replicas count together where they share a
/// cache.
pub fn of(config: &SecurityConfig, cache: &SharedCache, clock: Arc<dyn Clock>) -> Throttle {
    if !config.has_rate_limits {
        return Throttle::off();
    }
    let own: Arc<dyn RateLimiter> = Arc::new(MemoryRateLimiter::new(CAPACITY, clock));
    Throttle::new(match &cache.limiter {
        Some(shared) => Arc::new(RateLimiterWithFallback::new(shared.clone(), own)),
        None => own,
    })
}
