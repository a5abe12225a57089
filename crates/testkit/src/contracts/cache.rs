//! The contracts of `Cache`.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use reelmark_application::ports::{Cache, Lease, Lookup};

use crate::FixedClock;

const HOUR: Duration = Duration::from_secs(3_600);

/// A cache that nobody else uses, and what happens to it from outside.
pub struct FreshCache {
    pub cache: Arc<dyn Cache>,
    /// Makes the cache lose all it holds, as a flush or a restart does.
    pub flush: Box<dyn Fn() + Send + Sync>,
    /// The clock that the cache goes by; `None` if it goes by the real one.
    pub clock: Option<Arc<FixedClock>>,
    /// Whatever must live as long as the cache, such as its server.
    pub guard: Box<dyn Any + Send + Sync>,
}

impl FreshCache {
    /// The value of a key that must be there.
    async fn hit(&self, key: &str) -> Vec<u8> {
        match self.cache.lookup(key).await.unwrap() {
            Lookup::Hit(value) => value,
            Lookup::Miss(_) => panic!("{key:?} should be cached"),
        }
    }

    /// The lease for a key that must not be there.
    async fn miss(&self, key: &str) -> Lease {
        match self.cache.lookup(key).await.unwrap() {
            Lookup::Miss(lease) => lease,
            Lookup::Hit(value) => panic!("{key:?} should not be cached, but is {value:?}"),
        }
    }

    /// Fills with a lease, and says whether it was alive.
    async fn fill(&self, lease: &Lease, value: &[u8]) -> bool {
        self.cache.fill(lease, value.to_vec(), HOUR).await.unwrap()
    }

    /// Looks a key up and fills it.
    async fn put(&self, key: &str, value: &[u8]) {
        let lease = self.miss(key).await;
        assert!(self.fill(&lease, value).await, "{key:?} should be filled");
    }

    async fn invalidate<const N: usize>(&self, keys: [&str; N]) {
        let keys = keys.map(str::to_owned);
        self.cache.invalidate(&keys).await.unwrap();
    }

    async fn let_pass(&self, time: Duration) {
        match &self.clock {
            Some(clock) => clock.advance(time.try_into().unwrap()),
            None => tokio::time::sleep(time).await,
        }
    }
}

pub async fn a_miss_comes_with_a_lease_for_its_key(fresh: FreshCache) {
    let lease = fresh.miss("movie:1").await;

    assert_eq!(lease.key, "movie:1");
}

pub async fn a_filled_value_is_found_until_it_is_invalidated(fresh: FreshCache) {
    fresh.put("movie:1", b"Up").await;
    assert_eq!(fresh.hit("movie:1").await, b"Up");
    assert_eq!(fresh.hit("movie:1").await, b"Up");

    fresh.invalidate(["movie:1"]).await;

    fresh.miss("movie:1").await;
}

pub async fn an_invalidated_key_can_be_filled_again(fresh: FreshCache) {
    fresh.put("movie:1", b"old").await;
    fresh.invalidate(["movie:1"]).await;

    fresh.put("movie:1", b"new").await;

    assert_eq!(fresh.hit("movie:1").await, b"new");
}

pub async fn keeps_any_bytes(fresh: FreshCache) {
    let every_byte: Vec<u8> = (0..=255).collect();
    for (key, value) in [("every", &every_byte[..]), ("none", b""), ("lines", b"\r\n\n\0")] {
        fresh.put(key, value).await;
        assert_eq!(fresh.hit(key).await, value);
    }
}

pub async fn keeps_a_mebibyte(fresh: FreshCache) {
    let value: Vec<u8> = (0..1 << 20).map(|n: u32| n.to_le_bytes()[n as usize % 3]).collect();

    fresh.put("movie:1", &value).await;

    assert!(fresh.hit("movie:1").await == value);
}

pub async fn keys_may_hold_any_characters(fresh: FreshCache) {
    let keys = ["", " ", "a", "a:b", "{a}", "a}{", "a\nb", "a\0b", "*", "Amélie 🎬"];
    for key in keys {
        fresh.put(key, key.as_bytes()).await;
    }
    for key in keys {
        assert_eq!(fresh.hit(key).await, key.as_bytes());
    }
}

pub async fn an_invalidation_leaves_other_keys_alone(fresh: FreshCache) {
    fresh.put("movie:1", b"Up").await;
    let lease = fresh.miss("movie:11").await;

    fresh.invalidate(["movie:2", "movie:", "movie:1*"]).await;

    assert_eq!(fresh.hit("movie:1").await, b"Up");
    assert!(fresh.fill(&lease, b"Heat").await);
}

pub async fn many_keys_are_invalidated_at_once(fresh: FreshCache) {
    let keys: Vec<String> = (0..1_000).map(|n| format!("movie:{n}")).collect();
    let (filled, leased) = (&keys[..100], &keys[900..]);
    let mut leases = Vec::new();
    for key in filled {
        fresh.put(key, b"Up").await;
    }
    for key in leased {
        leases.push(fresh.miss(key).await);
    }

    fresh.cache.invalidate(&keys).await.unwrap();

    for key in filled {
        fresh.miss(key).await;
    }
    for lease in leases {
        assert!(!fresh.fill(&lease, b"Up").await);
    }
}

pub async fn what_is_not_there_can_be_invalidated(fresh: FreshCache) {
    fresh.invalidate([]).await;
    fresh.invalidate(["movie:1", "movie:1"]).await;

    fresh.put("movie:1", b"Up").await;
}

pub async fn a_lease_fills_once(fresh: FreshCache) {
    let one = fresh.miss("movie:1").await;
    let other = fresh.miss("movie:1").await;

    assert!(fresh.fill(&one, b"one").await);

    assert!(!fresh.fill(&one, b"again").await);
    assert!(!fresh.fill(&other, b"other").await);
    assert_eq!(fresh.hit("movie:1").await, b"one");
}

pub async fn a_lease_fills_no_other_key(fresh: FreshCache) {
    let (one, other) = (fresh.miss("movie:1").await, fresh.miss("movie:2").await);
    let swapped = Lease { key: other.key, token: one.token };

    assert!(!fresh.fill(&swapped, b"Up").await);

    fresh.miss("movie:2").await;
}

pub async fn an_invented_lease_fills_nothing(fresh: FreshCache) {
    for token in ["", "0", "invented"] {
        let invented = Lease { key: "movie:1".into(), token: token.into() };
        assert!(!fresh.fill(&invented, b"Up").await);
    }
    fresh.miss("movie:1").await;
}

pub async fn an_invalidation_kills_the_lease(fresh: FreshCache) {
    let lease = fresh.miss("movie:1").await;

    fresh.invalidate(["movie:1"]).await;

    assert!(!fresh.fill(&lease, b"old").await);
    fresh.miss("movie:1").await;
}

pub async fn a_lookup_after_an_invalidation_gets_a_new_lease(fresh: FreshCache) {
    let old = fresh.miss("movie:1").await;
    fresh.invalidate(["movie:1"]).await;

    let new = fresh.miss("movie:1").await;

    assert_ne!(old, new);
    assert!(!fresh.fill(&old, b"old").await);
    assert!(fresh.fill(&new, b"new").await);
}

pub async fn who_read_before_an_invalidation_never_overwrites_a_newer_value(fresh: FreshCache) {
    let late = fresh.miss("movie:1").await;
    fresh.invalidate(["movie:1"]).await;
    fresh.put("movie:1", b"new").await;

    assert!(!fresh.fill(&late, b"old").await);

    assert_eq!(fresh.hit("movie:1").await, b"new");
}

pub async fn a_flush_forgets_the_values(fresh: FreshCache) {
    fresh.put("movie:1", b"Up").await;

    (fresh.flush)();

    fresh.put("movie:1", b"Up").await;
}

pub async fn a_flush_between_miss_and_fill_kills_the_lease(fresh: FreshCache) {
    let lease = fresh.miss("movie:1").await;

    (fresh.flush)();

    assert!(!fresh.fill(&lease, b"old").await);
    assert_ne!(fresh.miss("movie:1").await, lease);
    assert!(!fresh.fill(&lease, b"old").await);
}

pub async fn a_value_runs_out_after_its_lifetime(fresh: FreshCache) {
    let (short, long) = (fresh.miss("short").await, fresh.miss("long").await);
    let lifetime = Duration::from_millis(100);
    assert!(fresh.cache.fill(&short, b"Up".to_vec(), lifetime).await.unwrap());
    assert!(fresh.fill(&long, b"Heat").await);

    fresh.let_pass(lifetime + Duration::from_millis(10)).await;

    assert_ne!(fresh.miss("short").await, short);
    assert_eq!(fresh.hit("long").await, b"Heat");
}

pub async fn a_value_that_ran_out_can_be_filled_again(fresh: FreshCache) {
    let lease = fresh.miss("movie:1").await;
    let lifetime = Duration::from_millis(100);
    assert!(fresh.cache.fill(&lease, b"old".to_vec(), lifetime).await.unwrap());
    fresh.let_pass(lifetime + Duration::from_millis(10)).await;

    fresh.put("movie:1", b"new").await;

    assert!(!fresh.fill(&lease, b"old").await);
    assert_eq!(fresh.hit("movie:1").await, b"new");
}

/// Declares one test per contract of `Cache`.
#[macro_export]
macro_rules! cache_contracts {
    ($fresh_cache:ident) => {
        $crate::contract_tests! { cache, $fresh_cache,
            a_miss_comes_with_a_lease_for_its_key,
            a_filled_value_is_found_until_it_is_invalidated,
            an_invalidated_key_can_be_filled_again,
            keeps_any_bytes,
            keeps_a_mebibyte,
            keys_may_hold_any_characters,
            an_invalidation_leaves_other_keys_alone,
            many_keys_are_invalidated_at_once,
            what_is_not_there_can_be_invalidated,
            a_lease_fills_once,
            a_lease_fills_no_other_key,
            an_invented_lease_fills_nothing,
            an_invalidation_kills_the_lease,
            a_lookup_after_an_invalidation_gets_a_new_lease,
            who_read_before_an_invalidation_never_overwrites_a_newer_value,
            a_flush_forgets_the_values,
            a_flush_between_miss_and_fill_kills_the_lease,
            a_value_runs_out_after_its_lifetime,
            a_value_that_ran_out_can_be_filled_again,
        }
        $crate::contract_tests! { cache_readers, $fresh_cache,
            concurrent_reads_of_a_key_load_it_once,
            no_reader_sees_less_than_was_acknowledged_before,
            not_even_when_the_cache_is_flushed_again_and_again,
        }
    };
}
