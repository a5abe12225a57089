//! The contracts of the ports that this crate adapts, against a real server.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reelmark_redis::RedisCacheConfig;
use reelmark_testkit::contracts::cache::FreshCache;
use reelmark_testkit::servers::EphemeralRedis;

use support::replica_with;

/// What `FLUSHALL` does, for one namespace of a server that all contracts share.
const FLUSH: &str =
    "for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end";

async fn fresh_cache() -> FreshCache {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let namespace = format!("contract-{}", LAST.fetch_add(1, Ordering::Relaxed));
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

reelmark_testkit::cache_contracts!(fresh_cache);
