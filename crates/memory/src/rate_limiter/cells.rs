use lru::LruCache;
use reelmark_application::ports::{Allowance, Quota};

use super::cell::{Cell, FullAt};

/// How many idle keys each call may clear away, so that no call pays for all of them.
const SWEPT_AT_ONCE: usize = 4;

/// The state of all keys, under one lock. Keys come as hashes, so that each takes the same room
/// however long it is.
pub(super) struct Cells {
    full_at: LruCache<u128, FullAt>,
    capacity: usize,
}

impl Cells {
    pub(super) fn new(capacity: usize) -> Self {
        Self { full_at: LruCache::unbounded(), capacity }
    }

    pub(super) fn admit(&mut self, demands: &[(u128, Quota)], now: i64) -> Vec<Allowance> {
        let found = demands.iter().map(|(key, quota)| {
            let cell = match self.full_at.get_mut(key) {
                Some(full_at) => Cell::stored(*quota, now, full_at),
                None => Cell::full(*quota, now),
            };
            let retry_after = cell.retry_after();
            (cell, retry_after)
        });
        let mut found: Vec<(Cell, _)> = found.collect();
        if found.iter().all(|(_, retry_after)| retry_after.is_none()) {
            for ((key, _), (cell, _)) in demands.iter().zip(&mut found) {
                self.full_at.put(*key, cell.take());
            }
        }
        self.sweep(now);
        found.iter().map(|(cell, retry_after)| cell.allowance(*retry_after)).collect()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.full_at.len()
    }

    /// Forgets some of the least recently used keys whose quotas are full again, and whatever is
    /// too much.
    fn sweep(&mut self, now: i64) {
        for _ in 0..SWEPT_AT_ONCE {
            let is_idle = self.full_at.peek_lru().is_some_and(|(_, full_at)| *full_at <= now);
            if is_idle {
                self.full_at.pop_lru();
            }
        }
        while self.full_at.len() > self.capacity {
            self.full_at.pop_lru();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    const SECOND: i64 = 1_000_000;
    const QUOTA: Quota = Quota { burst: 2, interval: Duration::from_secs(1) };

    fn admit(cells: &mut Cells, key: u128, now: i64) -> bool {
        cells.admit(&[(key, QUOTA)], now)[0].retry_after.is_none()
    }

    #[test]
    fn keys_that_nobody_uses_any_more_are_cleared_away() {
        let mut cells = Cells::new(1_000);
        for key in 0..500 {
            admit(&mut cells, key, 0);
        }
        for _ in 0..500 {
            admit(&mut cells, 1_000, 10 * SECOND);
        }
        assert_eq!(cells.len(), 1);
    }

    #[test]
    fn a_flood_of_keys_takes_no_more_than_its_room_and_leaves_busy_ones_alone() {
        let mut cells = Cells::new(100);
        assert!(admit(&mut cells, 0, 0) && admit(&mut cells, 0, 0));
        for key in 1..10_000 {
            admit(&mut cells, key, 0);
            if key % 50 == 0 {
                assert!(!admit(&mut cells, 0, 0));
            }
            assert!(cells.len() <= 100);
        }
    }
}
