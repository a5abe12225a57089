use std::sync::Arc;

use lru::LruCache;
use time::OffsetDateTime;

/// What an entry takes up besides its key and its value, roughly.
const OVERHEAD: usize = 160;

/// A part of the keys, each with its value or the lease to fill it, the least recently used ones
/// forgotten for lack of room. `lru` because the cache's whole state for a key changes at once under
/// one lock, and because time is a value here; Moka reads its own clock.
pub(super) struct Shard {
    entries: LruCache<String, Entry>,
    size: usize,
    capacity: usize,
}

enum Entry {
    Value { bytes: Arc<[u8]>, expires_at: OffsetDateTime },
    Lease(u64),
}

/// What a shard knows about a key.
pub(super) enum Known {
    Value(Arc<[u8]>),
    Lease(u64),
}

impl Shard {
    pub(super) fn new(capacity: usize) -> Self {
        Self { entries: LruCache::unbounded(), size: 0, capacity }
    }

    /// The value of a key, or the lease to fill it: the one that others have already, or else
    /// `new_lease`.
    pub(super) fn look_up(&mut self, key: &str, now: OffsetDateTime, new_lease: u64) -> Known {
        match self.entries.get(key) {
            Some(Entry::Value { bytes, expires_at }) if *expires_at > now => {
                return Known::Value(bytes.clone());
            }
            Some(Entry::Lease(lease)) => return Known::Lease(*lease),
            Some(Entry::Value { .. }) | None => {}
        }
        self.put(key, Entry::Lease(new_lease));
        Known::Lease(new_lease)
    }

    /// Puts a value in place of its lease, and says whether that lease was there.
    pub(super) fn fill(
        &mut self,
        key: &str,
        lease: u64,
        bytes: Arc<[u8]>,
        expires_at: OffsetDateTime,
    ) -> bool {
        let is_alive =
            matches!(self.entries.peek(key), Some(Entry::Lease(alive)) if *alive == lease);
        if is_alive {
            self.put(key, Entry::Value { bytes, expires_at });
        }
        is_alive
    }

    pub(super) fn forget(&mut self, key: &str) {
        if let Some((key, entry)) = self.entries.pop_entry(key) {
            self.size -= cost(&key, &entry);
        }
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.size = 0;
    }

    fn put(&mut self, key: &str, entry: Entry) {
        self.forget(key);
        let cost = cost(key, &entry);
        // What doesn't fit would push out everything else, and then itself.
        if cost > self.capacity {
            return;
        }
        self.size += cost;
        self.entries.put(key.to_owned(), entry);
        self.make_room();
    }

    fn make_room(&mut self) {
        while self.size > self.capacity
            && let Some((key, entry)) = self.entries.pop_lru()
        {
            self.size -= cost(&key, &entry);
        }
    }
}

fn cost(key: &str, entry: &Entry) -> usize {
    let value = match entry {
        Entry::Value { bytes, .. } => bytes.len(),
        Entry::Lease(_) => 0,
    };
    key.len() + value + OVERHEAD
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;
    const LATER: OffsetDateTime = NOW.saturating_add(time::Duration::MINUTE);

    fn shard_for(values: usize) -> Shard {
        Shard::new(values * (OVERHEAD + 1 + 1_000))
    }

    fn fill(shard: &mut Shard, key: &str, size: usize) {
        shard.look_up(key, NOW, 1);
        shard.fill(key, 1, vec![0; size].into(), LATER);
    }

    fn has(shard: &mut Shard, key: &str) -> bool {
        matches!(shard.look_up(key, NOW, 2), Known::Value(_))
    }

    #[test]
    fn the_least_recently_used_value_makes_room_for_a_new_one() {
        let mut shard = shard_for(3);
        for key in ["a", "b", "c"] {
            fill(&mut shard, key, 1_000);
        }
        assert!(has(&mut shard, "a"));

        fill(&mut shard, "d", 1_000);

        assert!(has(&mut shard, "a") && has(&mut shard, "c") && has(&mut shard, "d"));
        assert!(!has(&mut shard, "b"));
    }

    #[test]
    fn leases_that_nobody_uses_make_room_too() {
        let mut shard = shard_for(3);
        for key in 0..1_000 {
            shard.look_up(&key.to_string(), NOW, 1);
            assert!(shard.size <= shard.capacity);
        }
        assert!(shard.entries.len() < 30);
    }

    #[test]
    fn a_value_that_does_not_fit_pushes_nothing_out() {
        let mut shard = shard_for(3);
        fill(&mut shard, "a", 1_000);

        fill(&mut shard, "b", 4_000);

        assert!(has(&mut shard, "a"));
        assert!(!has(&mut shard, "b"));
    }

    #[test]
    fn what_is_forgotten_takes_no_room() {
        let mut shard = shard_for(3);
        for key in ["a", "b", "a"] {
            fill(&mut shard, key, 500);
            shard.forget(key);
            shard.forget(key);
        }
        assert_eq!((shard.size, shard.entries.len()), (0, 0));

        fill(&mut shard, "a", 500);
        shard.clear();
        assert_eq!((shard.size, shard.entries.len()), (0, 0));
    }
}
