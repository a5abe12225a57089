use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use reelmark_application::ports::{Allowance, Clock, Demand, RateLimiter, RateLimiterError};

use super::cells::Cells;

/// A rate limiter in this process: for a service that runs alone, and for a replica that can't
/// reach the one it shares with others.
///
/// It does its own arithmetic because all quotas of a call are taken from together or not at all,
/// which `governor` can't say: it takes from one key at once.
pub struct MemoryRateLimiter {
    clock: Arc<dyn Clock>,
    cells: Mutex<Cells>,
    /// Two, because 64 bits are few for what must never be mistaken for another.
    hashers: [RandomState; 2],
}

impl MemoryRateLimiter {
    /// A limiter that remembers up to `capacity` keys, of about 100 bytes each; beyond that it
    /// forgets those that were not used for the longest time.
    pub fn new(capacity: usize, clock: Arc<dyn Clock>) -> Self {
        let hashers = [RandomState::new(), RandomState::new()];
        Self { clock, cells: Mutex::new(Cells::new(capacity)), hashers }
    }

    fn hash(&self, key: &str) -> u128 {
        let [high, low] = self.hashers.each_ref().map(|hasher| hasher.hash_one(key));
        u128::from(high) << 64 | u128::from(low)
    }
}

#[async_trait]
impl RateLimiter for MemoryRateLimiter {
    async fn admit(&self, demands: Vec<Demand>) -> Result<Vec<Allowance>, RateLimiterError> {
        let hashed: Vec<_> =
            demands.iter().map(|demand| (self.hash(&demand.key), demand.quota)).collect();
        let mut cells = self.cells.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now().unix_timestamp_nanos() / 1_000;
        Ok(cells.admit(&hashed, i64::try_from(now).unwrap_or(i64::MAX >> 1)))
    }
}
