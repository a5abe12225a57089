use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mockall::predicate::eq;
use tokio::sync::Semaphore;
use tokio::task::{JoinHandle, yield_now};

use super::*;
use crate::ports::MockCache;

const KEY: &str = "movie:1";
const LIFETIME: Duration = Duration::from_secs(60);

#[derive(Clone, Debug, PartialEq, Eq)]
struct StoreDown;

type Reading = Result<Option<u32>, StoreDown>;

fn lease(token: &str) -> Lease {
    Lease { key: KEY.into(), token: token.into() }
}

fn cache_error() -> CacheError {
    CacheError("no answer".into())
}

/// A cache that answers every look-up alike.
fn cache_with(lookup: Lookup) -> MockCache {
    let mut cache = MockCache::new();
    cache.expect_lookup().with(eq(KEY)).returning(move |_| Ok(lookup.clone()));
    cache
}

/// A cache that holds nothing, gives everybody the same lease, and takes values in.
fn empty_cache() -> MockCache {
    let mut cache = cache_with(Lookup::Miss(lease("a")));
    cache.expect_fill().returning(|_, _, _| Ok(true));
    cache
}

fn reading_through(cache: MockCache) -> Arc<ReadThrough> {
    Arc::new(ReadThrough::new(Arc::new(cache)))
}

/// A store that counts how often it is asked, and keeps everybody waiting until it is opened.
struct Store {
    asked: AtomicUsize,
    answered: AtomicUsize,
    gate: Semaphore,
}

impl Store {
    fn closed() -> Arc<Self> {
        Arc::new(Self {
            asked: AtomicUsize::new(0),
            answered: AtomicUsize::new(0),
            gate: Semaphore::new(0),
        })
    }

    fn open() -> Arc<Self> {
        let store = Self::closed();
        store.gate.close();
        store
    }

    async fn load(&self, answer: Reading) -> Reading {
        self.asked.fetch_add(1, Ordering::Relaxed);
        // Every permit lets one caller in, and a closed semaphore lets in all.
        if let Ok(permit) = self.gate.acquire().await {
            permit.forget();
        }
        self.answered.fetch_add(1, Ordering::Relaxed);
        answer
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

async fn read(reading: &ReadThrough, store: &Store, answer: Reading) -> Reading {
    reading.read(KEY, LIFETIME, || store.load(answer)).await
}

/// Starts a read and lets it come as far as it can.
async fn start(
    reading: &Arc<ReadThrough>,
    store: &Arc<Store>,
    answer: Reading,
) -> JoinHandle<Reading> {
    let (reading, store) = (reading.clone(), store.clone());
    let task = tokio::spawn(async move { read(&reading, &store, answer).await });
    yield_now().await;
    task
}

#[tokio::test]
async fn a_hit_is_not_loaded() {
    let reading = reading_through(cache_with(Lookup::Hit(b"7".to_vec())));
    let store = Store::open();

    assert_eq!(read(&reading, &store, Err(StoreDown)).await, Ok(Some(7)));
    assert_eq!(store.asked(), 0);
}

#[tokio::test]
async fn a_miss_is_loaded_and_filled_in_with_its_lease() {
    let mut cache = cache_with(Lookup::Miss(lease("a")));
    cache
        .expect_fill()
        .times(1)
        .withf(|filled, value, _| *filled == lease("a") && value == b"7")
        .returning(|_, _, _| Ok(true));

    let reading = reading_through(cache);

    assert_eq!(read(&reading, &Store::open(), Ok(Some(7))).await, Ok(Some(7)));
}

#[tokio::test]
async fn a_value_whose_lease_has_died_is_returned_all_the_same() {
    let mut cache = cache_with(Lookup::Miss(lease("a")));
    cache.expect_fill().times(1).returning(|_, _, _| Ok(false));

    let reading = reading_through(cache);

    assert_eq!(read(&reading, &Store::open(), Ok(Some(7))).await, Ok(Some(7)));
}

#[tokio::test]
async fn a_value_that_could_not_be_filled_in_is_returned_all_the_same() {
    let mut cache = cache_with(Lookup::Miss(lease("a")));
    cache.expect_fill().times(1).returning(|_, _, _| Err(cache_error()));

    let reading = reading_through(cache);

    assert_eq!(read(&reading, &Store::open(), Ok(Some(7))).await, Ok(Some(7)));
}

#[tokio::test]
async fn without_a_cache_reads_come_from_the_store() {
    let mut cache = MockCache::new();
    cache.expect_lookup().returning(|_| Err(cache_error()));
    let reading = reading_through(cache);
    let store = Store::open();

    assert_eq!(read(&reading, &store, Ok(Some(7))).await, Ok(Some(7)));
    assert_eq!(read(&reading, &store, Ok(Some(8))).await, Ok(Some(8)));
    assert_eq!(store.asked(), 2);
}

#[tokio::test]
async fn an_absent_value_is_not_cached() {
    let reading = reading_through(cache_with(Lookup::Miss(lease("a"))));

    assert_eq!(read(&reading, &Store::open(), Ok(None)).await, Ok(None));
}

#[tokio::test]
async fn an_error_is_not_cached() {
    let reading = reading_through(empty_cache());
    let store = Store::open();

    assert_eq!(read(&reading, &store, Err(StoreDown)).await, Err(StoreDown));
    assert_eq!(read(&reading, &store, Ok(Some(7))).await, Ok(Some(7)));
    assert_eq!(store.asked(), 2);
}

#[tokio::test]
async fn fifty_callers_with_one_lease_share_one_load() {
    let reading = reading_through(empty_cache());
    let store = Store::closed();
    let mut readers = Vec::new();
    for _ in 0..50 {
        readers.push(start(&reading, &store, Ok(Some(7))).await);
    }

    store.gate.close();
    for reader in readers {
        assert_eq!(reader.await.unwrap(), Ok(Some(7)));
    }

    assert_eq!(store.asked(), 1);
    assert_eq!(reading.flights.count(), 0, "ended flights are forgotten");
}

#[tokio::test]
async fn an_absent_value_is_shared_too() {
    let reading = reading_through(cache_with(Lookup::Miss(lease("a"))));
    let store = Store::closed();
    let one = start(&reading, &store, Ok(None)).await;
    let other = start(&reading, &store, Ok(None)).await;

    store.gate.close();

    assert_eq!((one.await.unwrap(), other.await.unwrap()), (Ok(None), Ok(None)));
    assert_eq!(store.asked(), 1);
}

#[tokio::test]
async fn who_comes_after_an_invalidation_does_not_join_an_older_load() {
    let mut cache = MockCache::new();
    cache.expect_lookup().times(1).returning(|_| Ok(Lookup::Miss(lease("before"))));
    cache.expect_lookup().times(1).returning(|_| Ok(Lookup::Miss(lease("after"))));
    cache.expect_fill().returning(|_, _, _| Ok(true));
    let reading = reading_through(cache);
    let store = Store::closed();
    let before = start(&reading, &store, Ok(Some(7))).await;
    let after = start(&reading, &store, Ok(Some(8))).await;

    store.gate.close();

    assert_eq!(before.await.unwrap(), Ok(Some(7)));
    assert_eq!(after.await.unwrap(), Ok(Some(8)));
}

#[tokio::test]
async fn when_the_leader_goes_away_another_takes_the_lead() {
    let reading = reading_through(empty_cache());
    let store = Store::closed();
    let leader = start(&reading, &store, Ok(Some(7))).await;
    let followers =
        [start(&reading, &store, Ok(Some(8))).await, start(&reading, &store, Ok(Some(9))).await];

    leader.abort();
    assert!(leader.await.unwrap_err().is_cancelled());
    store.gate.close();

    for follower in followers {
        assert_eq!(follower.await.unwrap(), Ok(Some(8)));
    }
    assert_eq!(reading.flights.count(), 0);
}

#[tokio::test]
async fn when_a_load_fails_the_others_load_for_themselves_and_at_once() {
    let reading = reading_through(empty_cache());
    let store = Store::closed();
    let leader = start(&reading, &store, Err(StoreDown)).await;
    let unlucky = start(&reading, &store, Err(StoreDown)).await;
    let lucky = start(&reading, &store, Ok(Some(7))).await;

    store.gate.add_permits(1);
    assert_eq!(leader.await.unwrap(), Err(StoreDown));
    for _ in 0..10 {
        yield_now().await;
    }
    assert_eq!(store.asked(), 3);
    assert_eq!(store.answered.load(Ordering::Relaxed), 1);
    store.gate.close();

    assert_eq!(unlucky.await.unwrap(), Err(StoreDown));
    assert_eq!(lucky.await.unwrap(), Ok(Some(7)));
}

#[tokio::test]
async fn a_value_that_cannot_be_read_is_replaced() {
    let mut cache = MockCache::new();
    cache.expect_lookup().times(1).returning(|_| Ok(Lookup::Hit(b"{".to_vec())));
    cache.expect_invalidate().times(1).withf(|keys| keys == [KEY]).returning(|_| Ok(()));
    cache.expect_lookup().times(1).returning(|_| Ok(Lookup::Miss(lease("a"))));
    cache.expect_fill().times(1).withf(|_, value, _| value == b"7").returning(|_, _, _| Ok(true));

    let reading = reading_through(cache);

    assert_eq!(read(&reading, &Store::open(), Ok(Some(7))).await, Ok(Some(7)));
}

#[tokio::test]
async fn a_value_that_cannot_be_read_and_keeps_coming_back_is_passed_over() {
    let mut cache = cache_with(Lookup::Hit(b"{".to_vec()));
    cache.expect_invalidate().returning(|_| Ok(()));

    let reading = reading_through(cache);

    assert_eq!(read(&reading, &Store::open(), Ok(Some(7))).await, Ok(Some(7)));
}

#[test]
fn lifetimes_differ_by_a_tenth_at_most() {
    let lifetimes: Vec<Duration> =
        (0..100).map(|token| jittered(LIFETIME, &token.to_string())).collect();

    let (shortest, longest) = (lifetimes.iter().min().unwrap(), lifetimes.iter().max().unwrap());
    assert!(*shortest >= LIFETIME * 9 / 10 && *shortest < LIFETIME * 92 / 100);
    assert!(*longest <= LIFETIME * 11 / 10 && *longest > LIFETIME * 108 / 100);
}
