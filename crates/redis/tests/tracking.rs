//! What a replica hears of the keys that others make Redis forget.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use reelmark_application::ports::CacheListener;
use reelmark_redis::RedisCache;
use reelmark_testkit::servers::EphemeralRedis;
use tokio::time::sleep;

use support::{has, invalidate, miss, put, replica};

const PATIENCE: Duration = Duration::from_secs(20);

/// Remembers all it hears.
#[derive(Default)]
struct Ear {
    keys: Mutex<Vec<String>>,
    losses: AtomicUsize,
}

impl CacheListener for Ear {
    fn forgotten(&self, key: &str) {
        self.keys.lock().unwrap().push(key.to_owned());
    }

    fn lost_track(&self) {
        self.losses.fetch_add(1, SeqCst);
    }
}

impl Ear {
    fn losses(&self) -> usize {
        self.losses.load(SeqCst)
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.keys.lock().unwrap())
    }
}

async fn eventually(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !is_so().await {
        assert!(start.elapsed() < PATIENCE, "still waiting for {what}");
        sleep(Duration::from_millis(5)).await;
    }
}

/// A replica that is being told what Redis forgets.
async fn listening(redis: &EphemeralRedis) -> (RedisCache, Arc<Ear>) {
    let (cache, ear) = (replica(redis.url()), Arc::new(Ear::default()));
    cache.tell(ear.clone()).unwrap();
    eventually("the first connection", async || ear.losses() >= 1).await;
    (cache, ear)
}

/// Has another replica invalidate a key until the ear hears of it.
async fn hears_of_an_invalidation(redis: &EphemeralRedis, ear: &Ear) {
    let other = replica(redis.url());
    ear.take();
    eventually("word of an invalidation", async || {
        if !has(&other, "movie:1").await {
            put(&other, "movie:1", "Up").await;
        }
        assert!(invalidate(&other, "movie:1").await);
        sleep(Duration::from_millis(5)).await;
        ear.take().iter().any(|key| key == "movie:1")
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_replica_invalidates_is_heard_of() {
    let redis = EphemeralRedis::start();
    let (_cache, ear) = listening(&redis).await;
    let other = replica(redis.url());
    put(&other, "movie:1", "Up").await;
    eventually("word of the value", async || ear.take() == ["movie:1"]).await;

    assert!(invalidate(&other, "movie:1").await);

    eventually("word of the invalidation", async || ear.take() == ["movie:1"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_invalidated_while_it_is_being_read_is_heard_of() {
    let redis = EphemeralRedis::start();
    let (cache, ear) = listening(&redis).await;
    miss(&cache, "movie:1").await;

    assert!(invalidate(&replica(redis.url()), "movie:1").await);

    eventually("word of the invalidation", async || ear.take() == ["movie:1"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_memory_left_forgets_all_the_same() {
    let redis = EphemeralRedis::start();
    let (cache, _ear) = listening(&redis).await;
    put(&cache, "movie:1", "Up").await;
    redis.command(&["CONFIG", "SET", "maxmemory", "1"]);

    assert!(invalidate(&cache, "movie:1").await);
    assert!(invalidate(&cache, "movie:2").await);

    redis.command(&["CONFIG", "SET", "maxmemory", "0"]);
    assert!(!has(&cache, "movie:1").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_look_up_that_misses_is_no_news() {
    let redis = EphemeralRedis::start();
    let (cache, ear) = listening(&redis).await;
    miss(&cache, "movie:1").await;

    put(&cache, "movie:2", "Heat").await;

    eventually("word of the other value", async || ear.take() == ["movie:2"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_cut_off_hears_so_and_is_told_again() {
    let redis = EphemeralRedis::start();
    let (_cache, ear) = listening(&redis).await;

    redis.command(&["CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"]);

    eventually("the end and a new beginning", async || ear.losses() >= 3).await;
    hears_of_an_invalidation(&redis, &ear).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flush_and_a_new_epoch_lose_track() {
    let redis = EphemeralRedis::start();
    let (cache, ear) = listening(&redis).await;
    put(&cache, "movie:1", "Up").await;
    let before = ear.losses();

    redis.flush();
    eventually("word of the flush", async || ear.losses() > before).await;

    let before = ear.losses();
    redis.command(&["HSET", "{reelmark}:epoch", "id", "another"]);
    eventually("word of the epoch", async || ear.losses() > before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_tells_nothing_is_a_cache_all_the_same() {
    let redis = EphemeralRedis::start();
    redis.command(&["ACL", "SETUSER", "default", "-client|tracking"]);
    let (cache, ear) = (replica(redis.url()), Arc::new(Ear::default()));
    cache.tell(ear.clone()).unwrap();

    put(&cache, "movie:1", "Up").await;
    assert!(invalidate(&cache, "movie:1").await);
    miss(&cache, "movie:1").await;
    assert_eq!((ear.losses(), ear.take().len()), (0, 0));

    redis.command(&["ACL", "SETUSER", "default", "+client|tracking"]);
    hears_of_an_invalidation(&redis, &ear).await;
}
