use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicI64, Ordering};

/// How many ids are remembered, at most.
const SLOTS: usize = 1 << 16;

/// Remembers which ids were asked for lately, as far as half a mebibyte goes: an id is forgotten
/// once another one takes its slot.
pub(in crate::caching) struct Seen {
    slots: Vec<AtomicI64>,
    hasher: RandomState,
}

impl Seen {
    pub(in crate::caching) fn new() -> Self {
        let slots = std::iter::repeat_with(AtomicI64::default).take(SLOTS).collect();
        Self { slots, hasher: RandomState::new() }
    }

    /// Notes that `id` is asked for, and says whether it was before. Ids are positive.
    pub(in crate::caching) fn note(&self, id: i64) -> bool {
        let slot = &self.slots[self.hasher.hash_one(id) as usize % SLOTS];
        slot.load(Ordering::Relaxed) == id || slot.swap(id, Ordering::Relaxed) == id
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_it_saw_until_others_take_its_place() {
        let seen = Seen::new();
        assert!(!seen.note(42));
        assert!(seen.note(42) && seen.note(42));
        (1_000..2_000_000).for_each(|id| assert!(!seen.note(id)));
        assert!(!seen.note(42));
    }
}
