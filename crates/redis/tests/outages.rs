//! What becomes of readers and values when the server hangs, dies or is cut off.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use reelmark_application::caching::ReadThrough;
use reelmark_application::ports::{Cache, CacheError, Lookup};
use reelmark_redis::RedisCache;
use reelmark_testkit::servers::EphemeralRedis;
use tokio::time::{sleep, timeout};

use support::proxy::Proxy;
use support::{fill, has, invalidate, lookup, miss, put, replica};

const HOUR: Duration = Duration::from_secs(3_600);

/// Reads a key through the cache; the store has the answer at hand.
async fn read(reading: &ReadThrough, key: &str) -> Option<u32> {
    let load = async || Ok::<_, CacheError>(Some(7));
    reading.read(key, HOUR, load).await.unwrap()
}

/// Waits until the cache, which was off, is on again.
async fn recovered(cache: &RedisCache) {
    lookup(cache, "any").await;
}

/// Waits until a key is not cached any more.
async fn vanished(cache: &RedisCache, key: &str) {
    let vanishing = async {
        while has(cache, key).await {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(20), vanishing).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn works_once_there_is_a_server() {
    let redis = EphemeralRedis::start();
    redis.crash();
    let cache = Arc::new(replica(redis.url()));
    let reading = ReadThrough::new(cache.clone());
    assert_eq!(read(&reading, "movie:1").await, Some(7));
    assert!(!invalidate(&cache, "movie:1").await);

    redis.restart();

    put(&cache, "movie:1", "7").await;
    assert!(has(&cache, "movie:1").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_invalidated_while_the_server_hung_does_not_come_back() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    put(&cache, "movie:1", "old").await;
    let late = miss(&cache, "movie:2").await;
    redis.pause();
    assert!(!invalidate(&cache, "movie:1").await);
    assert!(!invalidate(&cache, "movie:2").await);

    redis.resume();

    miss(&cache, "movie:1").await;
    assert!(!fill(&cache, &late, "old").await);
    put(&cache, "movie:2", "new").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_invalidated_while_the_server_was_left_alone_does_not_come_back() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    put(&cache, "movie:1", "old").await;
    redis.pause();
    assert!(cache.lookup("any").await.is_err());
    redis.resume();
    // The server works again, but this replica doesn't know yet.
    assert!(!invalidate(&cache, "movie:1").await);

    miss(&cache, "movie:1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fill_that_the_hung_server_gets_to_later_brings_nothing_old() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    let late = miss(&cache, "movie:1").await;
    redis.pause();
    assert!(cache.fill(&late, b"old".to_vec(), HOUR).await.is_err());
    assert!(!invalidate(&cache, "movie:1").await);

    redis.resume();

    miss(&cache, "movie:1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_read_from_the_store_meanwhile_finds_nothing_old_either() {
    let redis = EphemeralRedis::start();
    let (writer, reader) = (replica(redis.url()), replica(redis.url()));
    put(&reader, "movie:1", "old").await;
    recovered(&writer).await;
    redis.pause();
    assert!(!invalidate(&writer, "movie:1").await);
    // Nobody but the reader itself is left to clear up.
    drop(writer);
    assert!(reader.lookup("movie:1").await.is_err());

    redis.resume();

    miss(&reader, "movie:1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_replica_that_was_cut_off_finds_nothing_old_and_clears_up_for_the_others() {
    let redis = EphemeralRedis::start();
    let way = Proxy::to(redis.port()).await;
    let (cut_off, other) = (replica(way.url()), replica(redis.url()));
    put(&cut_off, "movie:1", "old").await;
    way.cut();
    assert!(!invalidate(&cut_off, "movie:1").await);
    assert!(has(&other, "movie:1").await, "it knows of nothing");

    way.heal();

    miss(&cut_off, "movie:1").await;
    miss(&other, "movie:1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalidation_that_fails_during_the_recovery_takes_another_one() {
    let redis = EphemeralRedis::start();
    let way = Proxy::to(redis.port()).await;
    let (slow, other) = (replica(way.url()), replica(redis.url()));
    // On a busy machine a round may come too late to see anything.
    for _ in 0..10 {
        recovered(&slow).await;
        invalidate(&slow, "movie:1").await;
        put(&other, "marker", "of the old epoch").await;
        way.cut();
        assert!(slow.lookup("any").await.is_err());
        way.heal();

        // Between the beginning of the new epoch and the news of it another replica caches a value,
        way.delay_answers(Duration::from_millis(100));
        vanished(&other, "marker").await;
        put(&other, "movie:1", "old").await;
        // and somebody writes a newer one to the store.
        let is_invalidated = invalidate(&slow, "movie:1").await;
        way.delay_answers(Duration::ZERO);

        miss(&slow, "movie:1").await;
        if !is_invalidated {
            return;
        }
    }
    panic!("no invalidation failed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_snapshot_brings_nothing_back() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    put(&cache, "movie:1", "old").await;
    put(&cache, "movie:2", "old").await;
    let late = miss(&cache, "movie:3").await;
    assert_eq!(redis.command(&["SAVE"]), "OK");
    assert!(cache.invalidate(&["movie:1", "movie:3"].map(str::to_owned)).await.is_ok());
    redis.crash();

    redis.restart();

    assert_eq!(redis.command(&["EXISTS", "{reelmark}:value:movie:1"]), "1", "the snapshot");
    let newcomer = replica(redis.url());
    miss(&newcomer, "movie:1").await;
    miss(&cache, "movie:1").await;
    miss(&cache, "movie:2").await;
    assert!(!fill(&cache, &late, "old").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_snapshot_brings_nothing_back_to_replicas_that_all_restarted_too() {
    let redis = EphemeralRedis::start();
    let before = replica(redis.url());
    put(&before, "movie:1", "old").await;
    assert_eq!(redis.command(&["SAVE"]), "OK");
    assert!(invalidate(&before, "movie:1").await);
    drop(before);
    redis.crash();

    redis.restart();

    miss(&replica(redis.url()), "movie:1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_that_were_closed_are_replaced_unnoticed() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    put(&cache, "movie:1", "Up").await;
    let crowd = ["movie:1"; 100].map(|key| cache.lookup(key));
    join_all(crowd).await;

    redis.command(&["CLIENT", "KILL", "TYPE", "normal"]);

    for _ in 0..50 {
        assert_eq!(cache.lookup("movie:1").await.unwrap(), Lookup::Hit(b"Up".to_vec()));
    }
    assert!(invalidate(&cache, "movie:1").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_crash_no_call_meets_a_connection_of_old() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    recovered(&cache).await;
    let crowd = ["a"; 100].map(|key| cache.lookup(key));
    for answer in join_all(crowd).await {
        assert!(answer.is_ok());
    }
    redis.crash();
    assert!(cache.lookup("a").await.is_err());

    redis.restart();

    recovered(&cache).await;
    for _ in 0..100 {
        assert!(cache.lookup("a").await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_late_answer_among_others_costs_nobody_the_cache() {
    let redis = EphemeralRedis::start();
    let way = Proxy::to(redis.port()).await;
    let cache = replica(way.url());
    put(&cache, "movie:1", "Up").await;
    // The one connection there is hangs from now on, and others don't.
    way.freeze_connections();

    let (stuck, found) = tokio::join!(cache.lookup("movie:1"), cache.lookup("movie:1"));

    assert!(stuck.is_err());
    assert_eq!(found.unwrap(), Lookup::Hit(b"Up".to_vec()));
    assert_eq!(cache.lookup("movie:1").await.unwrap(), Lookup::Hit(b"Up".to_vec()));
}
