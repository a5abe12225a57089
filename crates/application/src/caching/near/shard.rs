use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use time::{Duration, OffsetDateTime};

/// Names a lease; never the same twice.
pub(super) type LeaseId = u64;

/// A part of the keys, each with its value or the lease to fill it. Entries end in the order in
/// which they began, so the oldest also make room for new ones.
pub(super) struct Shard<K, V> {
    entries: HashMap<K, Entry<V>>,
    /// All entries in the order in which they began, and some that are gone.
    order: VecDeque<(K, LeaseId)>,
    capacity: usize,
}

struct Entry<V> {
    lease: LeaseId,
    /// Counted from the lease, before which the value can't have been read.
    expires_at: OffsetDateTime,
    value: Option<V>,
}

/// What a shard knows about a key.
pub(super) enum Known<V> {
    Value(V),
    Lease(LeaseId),
}

impl<K: Clone + Eq + Hash, V: Clone> Shard<K, V> {
    pub(super) fn new(capacity: usize) -> Self {
        Self { entries: HashMap::new(), order: VecDeque::new(), capacity }
    }

    /// The value of a key, or the lease to fill it: the one that others have already, or else
    /// `new_lease`. Neither lives for longer than `lifetime`.
    pub(super) fn look_up(
        &mut self,
        key: &K,
        now: OffsetDateTime,
        lifetime: Duration,
        new_lease: impl FnOnce() -> LeaseId,
    ) -> Known<V> {
        match self.entries.get(key) {
            Some(Entry { value: Some(value), expires_at, .. }) if *expires_at > now => {
                return Known::Value(value.clone());
            }
            Some(Entry { value: None, lease, expires_at }) if *expires_at > now => {
                return Known::Lease(*lease);
            }
            Some(_) | None => {}
        }
        let lease = new_lease();
        let expires_at = now.saturating_add(lifetime);
        self.entries.insert(key.clone(), Entry { lease, expires_at, value: None });
        self.order.push_back((key.clone(), lease));
        self.make_room(now);
        Known::Lease(lease)
    }

    /// Puts a value in place of its lease, and says whether that lease was there.
    pub(super) fn fill(&mut self, key: &K, lease: LeaseId, value: V) -> bool {
        let entry = self.entries.get_mut(key);
        let Some(entry) = entry.filter(|entry| entry.lease == lease && entry.value.is_none())
        else {
            return false;
        };
        entry.value = Some(value);
        true
    }

    pub(super) fn forget(&mut self, key: &K) {
        self.entries.remove(key);
    }

    pub(super) fn clear(&mut self) {
        self.entries.clear();
        self.order.clear();
    }

    fn make_room(&mut self, now: OffsetDateTime) {
        while let Some((key, lease)) = self.order.front() {
            let oldest = self.entries.get(key).filter(|entry| entry.lease == *lease);
            let is_over = oldest.is_none_or(|entry| entry.expires_at <= now);
            if !is_over && self.entries.len() <= self.capacity {
                return;
            }
            if oldest.is_some() {
                self.entries.remove(key);
            }
            self.order.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;
    const SECOND: Duration = Duration::SECOND;

    fn fill(shard: &mut Shard<u32, &'static str>, key: u32, now: OffsetDateTime) {
        let Known::Lease(lease) = shard.look_up(&key, now, SECOND, || key.into()) else {
            panic!("{key} is there already");
        };
        assert!(shard.fill(&key, lease, "Up"));
    }

    fn has(shard: &mut Shard<u32, &'static str>, key: u32, now: OffsetDateTime) -> bool {
        matches!(shard.look_up(&key, now, SECOND, || 99), Known::Value("Up"))
    }

    #[test]
    fn the_oldest_makes_room_for_a_new_one() {
        let mut shard = Shard::new(2);
        for key in [1, 2, 3] {
            fill(&mut shard, key, NOW);
        }
        assert!(has(&mut shard, 2, NOW) && has(&mut shard, 3, NOW));
        assert!(!has(&mut shard, 1, NOW));
    }

    #[test]
    fn what_is_over_takes_no_room_for_long() {
        let mut shard = Shard::new(100);
        for key in 1..=50 {
            fill(&mut shard, key, NOW);
        }
        fill(&mut shard, 51, NOW + SECOND);
        assert_eq!((shard.entries.len(), shard.order.len()), (1, 1));
    }

    #[test]
    fn what_is_forgotten_and_comes_again_is_not_over_with_its_first_life() {
        let mut shard = Shard::new(100);
        fill(&mut shard, 1, NOW);
        shard.forget(&1);
        let later = NOW + SECOND / 2;
        fill(&mut shard, 1, later);
        fill(&mut shard, 2, NOW + SECOND);
        assert!(has(&mut shard, 1, NOW + SECOND));
        assert!(!has(&mut shard, 1, later + SECOND));
    }

    #[test]
    fn a_value_lives_from_its_lease_on_however_late_it_is_filled_in() {
        let mut shard = Shard::new(100);
        let Known::Lease(lease) = shard.look_up(&1, NOW, SECOND, || 1) else { panic!() };
        assert!(shard.fill(&1, lease, "Up"));
        assert!(has(&mut shard, 1, NOW + SECOND * 0.99));
        assert!(!has(&mut shard, 1, NOW + SECOND));
    }
}
