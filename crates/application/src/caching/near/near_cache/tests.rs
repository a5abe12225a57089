use std::convert::Infallible;
use std::sync::atomic::AtomicUsize;

use tokio::sync::Semaphore;
use tokio::task::yield_now;

use super::*;
use crate::ports::MockClock;
use time::OffsetDateTime;

const LIFETIME: Duration = Duration::SECOND;

type Cache = NearCache<u32, u32>;

/// A cache whose clock shows as many milliseconds as the counter.
fn cache() -> (Arc<Cache>, Arc<AtomicU64>) {
    let millis = Arc::new(AtomicU64::new(0));
    let shown = millis.clone();
    let mut clock = MockClock::new();
    clock.expect_now().returning(move || {
        let millis = i64::try_from(shown.load(Ordering::SeqCst)).unwrap();
        OffsetDateTime::UNIX_EPOCH + Duration::milliseconds(millis)
    });
    (Arc::new(NearCache::new(1_000, LIFETIME, Arc::new(clock))), millis)
}

async fn read(cache: &Cache, stored: u32) -> u32 {
    cache.read(&1, async || Ok::<_, Infallible>(stored)).await.unwrap()
}

#[tokio::test]
async fn a_copy_is_shown_until_it_is_forgotten() {
    let (cache, _) = cache();
    assert_eq!(read(&cache, 7).await, 7);
    assert_eq!(read(&cache, 8).await, 7);
    cache.forget(&2);
    assert_eq!(read(&cache, 8).await, 7);

    cache.forget(&1);

    assert_eq!(read(&cache, 8).await, 8);
    cache.clear();
    assert_eq!(read(&cache, 9).await, 9);
}

#[tokio::test]
async fn a_copy_nobody_forgets_is_gone_after_its_lifetime() {
    let (cache, millis) = cache();
    read(&cache, 7).await;

    millis.store(999, Ordering::SeqCst);
    assert_eq!(read(&cache, 8).await, 7);
    millis.store(1_000, Ordering::SeqCst);
    assert_eq!(read(&cache, 8).await, 8);
}

#[tokio::test]
async fn the_time_a_load_takes_counts_as_life() {
    let (cache, millis) = cache();
    let slow = async || {
        millis.store(900, Ordering::SeqCst);
        Ok::<_, Infallible>(7)
    };
    cache.read(&1, slow).await.unwrap();

    millis.store(1_000, Ordering::SeqCst);

    assert_eq!(read(&cache, 8).await, 8);
}

#[tokio::test]
async fn who_was_overtaken_by_an_invalidation_puts_nothing_old_back() {
    for forget in [|cache: &Cache| cache.forget(&1), |cache: &Cache| cache.clear()] {
        let (cache, _) = cache();
        let overtaken = async || {
            forget(&cache);
            Ok::<_, Infallible>(7)
        };
        assert_eq!(cache.read(&1, overtaken).await, Ok(7));
        assert_eq!(read(&cache, 8).await, 8);
    }
}

#[tokio::test]
async fn who_comes_after_an_invalidation_does_not_join_an_older_load() {
    let (cache, _) = cache();
    let gate = Arc::new(Semaphore::new(0));
    let (older, closed) = (cache.clone(), gate.clone());
    let older = tokio::spawn(async move {
        let load = async || {
            closed.acquire().await.unwrap().forget();
            Ok::<_, Infallible>(7)
        };
        older.read(&1, load).await
    });
    yield_now().await;

    cache.forget(&1);
    assert_eq!(read(&cache, 8).await, 8);
    gate.add_permits(1);

    assert_eq!(older.await.unwrap(), Ok(7));
    assert_eq!(read(&cache, 9).await, 8);
}

#[tokio::test]
async fn all_who_miss_together_share_one_load() {
    let (cache, _) = cache();
    let (gate, loads) = (Arc::new(Semaphore::new(0)), Arc::new(AtomicUsize::new(0)));
    let readers: Vec<_> = (0..50)
        .map(|_| {
            let (cache, gate, loads) = (cache.clone(), gate.clone(), loads.clone());
            tokio::spawn(async move {
                let load = async || {
                    loads.fetch_add(1, Ordering::SeqCst);
                    drop(gate.acquire().await);
                    Ok::<_, Infallible>(7)
                };
                cache.read(&1, load).await
            })
        })
        .collect();
    yield_now().await;

    gate.add_permits(50);

    for reader in readers {
        assert_eq!(reader.await.unwrap(), Ok(7));
    }
    assert_eq!(loads.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_failure_is_not_kept() {
    let (cache, _) = cache();
    assert_eq!(cache.read(&1, async || Err("down")).await, Err("down"));
    assert_eq!(read(&cache, 8).await, 8);
}
