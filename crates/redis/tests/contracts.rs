//! The contracts of the ports that this crate adapts, against a real server.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reelmark_redis::RedisCacheConfig;
use reelmark_testkit::FixedClock;
use reelmark_testkit::builders::NOON;
use reelmark_testkit::contracts::cache::FreshCache;
use reelmark_testkit::contracts::rate_limiter::FreshRateLimiter;
use reelmark_testkit::servers::EphemeralRedis;

use support::replica_with;

/// What `FLUSHALL` does, for one namespace of a server that all contracts share.
const FLUSH: &str =
    "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end";

fn new_namespace() -> String {
    static LAST: AtomicU64 = AtomicU64::new(0);
    format!("contract-{}", LAST.fetch_add(1, Ordering::Relaxed))
}

async fn fresh_cache() -> FreshCache {
    let namespace = new_namespace();
    let redis = EphemeralRedis::shared();
    let cache = replica_with(RedisCacheConfig {
        namespace: namespace.clone(),
        // These contracts are about what Redis answers, not about when.
        patience: Duration::from_secs(10),
        ..RedisCacheConfig::new(redis.url())
    });
    FreshCache {
        cache: Arc::new(cache),
        flush: Box::new(move || {
            redis.command(&["EVAL", FLUSH, "0", &format!("{{{namespace}}}:*")]);
        }),
        clock: None,
        guard: Box::new(()),
    }
}

async fn fresh_rate_limiter() -> FreshRateLimiter {
    let cache = replica_with(RedisCacheConfig {
        namespace: new_namespace(),
        patience: Duration::from_secs(10),
        ..RedisCacheConfig::new(EphemeralRedis::shared().url())
    });
    let clock = Arc::new(FixedClock::at(NOON));
    let limiter = cache.rate_limiter().going_by(clock.clone());
    FreshRateLimiter { limiter: Arc::new(limiter), clock }
}

reelmark_testkit::cache_contracts!(fresh_cache);
reelmark_testkit::rate_limiter_contracts!(fresh_rate_limiter);
