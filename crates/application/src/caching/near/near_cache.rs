use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use time::Duration;

use super::shard::{Known, LeaseId, Shard};
use crate::caching::flights::{Flights, Landing};
use crate::ports::Clock;

#[cfg(test)]
mod tests;

/// So many that callers rarely wait for each other.
const SHARDS: usize = 16;

/// Copies of values in this process, for reads so frequent that asking another process costs too
/// much.
///
/// It keeps to the rules of [`ReadThrough`](crate::caching::ReadThrough): a miss comes with a
/// lease, whatever makes the value out of date kills it, and those who hold one lease share one
/// load. The lease is taken before anybody else is asked, so a reader who was overtaken by an
/// invalidation puts nothing old back. Every copy is over `lifetime` after its lease was taken,
/// which bounds the harm of an invalidation that never came.
pub(super) struct NearCache<K, V> {
    shards: Vec<Mutex<Shard<K, V>>>,
    hasher: RandomState,
    clock: Arc<dyn Clock>,
    lifetime: Duration,
    next_lease: AtomicU64,
    flights: Flights<(K, LeaseId), V>,
}

impl<K: Clone + Eq + Hash, V: Clone> NearCache<K, V> {
    /// An empty cache for about `capacity` values.
    pub(super) fn new(capacity: usize, lifetime: Duration, clock: Arc<dyn Clock>) -> Self {
        let shard = || Mutex::new(Shard::new(capacity.div_ceil(SHARDS)));
        Self {
            shards: std::iter::repeat_with(shard).take(SHARDS).collect(),
            hasher: RandomState::new(),
            clock,
            lifetime,
            next_lease: AtomicU64::new(0),
            flights: Flights::default(),
        }
    }

    /// The value of `key`, as `load` gets it unless there is a copy. Errors are not kept.
    ///
    /// # Errors
    /// Those of `load`.
    pub(super) async fn read<E, F, Fut>(&self, key: &K, load: F) -> Result<V, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<V, E>>,
    {
        match self.look_up(key) {
            Known::Value(value) => Ok(value),
            Known::Lease(lease) => self.load(&(key.clone(), lease), load).await,
        }
    }

    pub(super) fn forget(&self, key: &K) {
        self.shard(key).forget(key);
    }

    pub(super) fn clear(&self) {
        self.shards.iter().for_each(|shard| lock(shard).clear());
    }

    fn look_up(&self, key: &K) -> Known<V> {
        let now = self.clock.now();
        let new_lease = || self.next_lease.fetch_add(1, Ordering::Relaxed);
        self.shard(key).look_up(key, now, self.lifetime, new_lease)
    }

    /// Loads, together with all others who hold this lease.
    async fn load<E, F, Fut>(&self, lease: &(K, LeaseId), load: F) -> Result<V, E>
    where
        F: FnOnce() -> Fut,
        Fut: Future<Output = Result<V, E>>,
    {
        let seat = self.flights.board(lease);
        // Whoever is dropped while holding the lead leaves it to the next in line.
        let Some(_lead) = seat.lead().await else {
            return match seat.landing() {
                Some(Landing::Safe(value)) => Ok(value.clone()),
                Some(Landing::Crash) | None => load().await,
            };
        };
        let loaded = load().await;
        if let Ok(value) = &loaded {
            self.shard(&lease.0).fill(&lease.0, lease.1, value.clone());
        }
        seat.land(loaded.as_ref().map_or(Landing::Crash, |value| Landing::Safe(value.clone())));
        loaded
    }

    fn shard(&self, key: &K) -> MutexGuard<'_, Shard<K, V>> {
        let hash = self.hasher.hash_one(key) as usize;
        lock(&self.shards[hash % SHARDS])
    }
}

fn lock<K, V>(shard: &Mutex<Shard<K, V>>) -> MutexGuard<'_, Shard<K, V>> {
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}
