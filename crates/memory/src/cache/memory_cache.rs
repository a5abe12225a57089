use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use reelmark_application::ports::{Cache, CacheError, Clock, Lease, Lookup};

use super::shard::{Known, Shard};

/// So many that callers rarely wait for each other.
const SHARDS: usize = 16;

/// A cache in this process, for a service that runs alone: other replicas can't invalidate it.
pub struct MemoryCache {
    clock: Arc<dyn Clock>,
    shards: Vec<Mutex<Shard>>,
    hasher: RandomState,
    next_lease: AtomicU64,
}

impl MemoryCache {
    /// An empty cache that takes up to about `capacity` bytes; a value of more than a sixteenth of
    /// that is never kept.
    pub fn new(capacity: usize, clock: Arc<dyn Clock>) -> Self {
        let shard = || Mutex::new(Shard::new(capacity / SHARDS));
        Self {
            clock,
            shards: std::iter::repeat_with(shard).take(SHARDS).collect(),
            hasher: RandomState::new(),
            next_lease: AtomicU64::new(0),
        }
    }

    /// Forgets everything and kills all leases.
    pub fn clear(&self) {
        self.shards.iter().for_each(|shard| lock(shard).clear());
    }

    fn shard(&self, key: &str) -> MutexGuard<'_, Shard> {
        let hash = self.hasher.hash_one(key) as usize;
        lock(&self.shards[hash % SHARDS])
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

#[async_trait]
impl Cache for MemoryCache {
    async fn lookup(&self, key: &str) -> Result<Lookup, CacheError> {
        let now = self.clock.now();
        let new_lease = self.next_lease.fetch_add(1, Ordering::Relaxed);
        let known = self.shard(key).look_up(key, now, new_lease);
        Ok(match known {
            Known::Value(bytes) => Lookup::Hit(bytes.to_vec()),
            Known::Lease(lease) => {
                Lookup::Miss(Lease { key: key.to_owned(), token: lease.to_string() })
            }
        })
    }

    async fn fill(
        &self,
        lease: &Lease,
        value: Vec<u8>,
        lifetime: Duration,
    ) -> Result<bool, CacheError> {
        let Ok(token) = lease.token.parse() else {
            return Ok(false);
        };
        let lifetime = lifetime.try_into().unwrap_or(time::Duration::MAX);
        let expires_at = self.clock.now().saturating_add(lifetime);
        let mut shard = self.shard(&lease.key);
        Ok(shard.fill(&lease.key, token, value.into(), expires_at))
    }

    async fn invalidate(&self, keys: &[String]) -> Result<(), CacheError> {
        for key in keys {
            self.shard(key).forget(key);
        }
        Ok(())
    }
}
