//! What all tests against a Redis server need.
#![allow(dead_code, reason = "every test binary uses a part of it")]

pub mod proxy;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use reelmark_application::ports::{Cache, IdGenerator, Lease, Lookup};
use reelmark_redis::{RedisCache, RedisCacheConfig};
use tokio::runtime::{Builder, Handle, Runtime};

const HOUR: Duration = Duration::from_secs(3_600);
const DEADLINE: Duration = Duration::from_secs(20);

/// A replica with more patience than in production: these tests run on busy machines, and most of
/// them are not about the time that a failure takes.
pub fn replica(url: String) -> RedisCache {
    replica_with(RedisCacheConfig {
        patience: Duration::from_millis(500),
        ..RedisCacheConfig::new(url)
    })
}

pub fn replica_with(config: RedisCacheConfig) -> RedisCache {
    RedisCache::new(config, runtime(), Arc::new(Numbered)).unwrap()
}

/// The runtime of all connections, as in production another one than the callers'.
fn runtime() -> Handle {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
        Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
    });
    RUNTIME.handle().clone()
}

/// Gives out each number once.
struct Numbered;

impl IdGenerator for Numbered {
    fn new_id(&self) -> String {
        static LAST: AtomicU64 = AtomicU64::new(0);
        format!("id-{}", LAST.fetch_add(1, Ordering::Relaxed))
    }
}

/// Looks a key up until the cache answers.
pub async fn lookup(cache: &RedisCache, key: &str) -> Lookup {
    let start = Instant::now();
    loop {
        match cache.lookup(key).await {
            Ok(found) => return found,
            Err(error) if start.elapsed() > DEADLINE => panic!("the cache stays off: {error:?}"),
            Err(_) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }
}

/// The lease for a key, which must not be cached.
pub async fn miss(cache: &RedisCache, key: &str) -> Lease {
    match lookup(cache, key).await {
        Lookup::Miss(lease) => lease,
        Lookup::Hit(value) => panic!("{key} is {:?}", String::from_utf8_lossy(&value)),
    }
}

/// Whether a key is cached.
pub async fn has(cache: &RedisCache, key: &str) -> bool {
    matches!(lookup(cache, key).await, Lookup::Hit(_))
}

/// Fills a key in that is not cached.
pub async fn put(cache: &RedisCache, key: &str, value: &str) {
    let lease = miss(cache, key).await;
    assert!(fill(cache, &lease, value).await);
}

pub async fn fill(cache: &RedisCache, lease: &Lease, value: &str) -> bool {
    cache.fill(lease, value.into(), HOUR).await.unwrap()
}

pub async fn invalidate(cache: &RedisCache, key: &str) -> bool {
    cache.invalidate(&[key.to_owned()]).await.is_ok()
}
