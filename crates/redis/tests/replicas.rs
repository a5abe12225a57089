//! What replicas that share a server may rely on.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::time::Duration;

use futures_util::FutureExt;
use reelmark_application::ports::{Cache, HealthProbe};
use reelmark_testkit::servers::EphemeralRedis;
use tokio::time::{sleep, timeout};

use support::{fill, has, invalidate, miss, put, replica};

#[tokio::test(flavor = "multi_thread")]
async fn what_one_replica_fills_in_all_others_find() {
    let redis = EphemeralRedis::start();
    let (one, other) = (replica(redis.url()), replica(redis.url()));

    put(&one, "movie:1", "Up").await;

    assert!(has(&other, "movie:1").await);
    assert!(has(&replica(redis.url()), "movie:1").await, "a replica that starts later");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalidation_by_one_replica_is_seen_by_the_others_at_once() {
    let redis = EphemeralRedis::start();
    let (one, other) = (replica(redis.url()), replica(redis.url()));
    for movie in 0..100 {
        let key = format!("movie:{movie}");
        put(&other, &key, "old").await;
        let late = miss(&other, "another").await;

        assert!(one.invalidate(&[key.clone(), "another".into()]).await.is_ok());

        miss(&other, &key).await;
        assert!(!fill(&other, &late, "old").await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn replicas_share_a_lease_and_the_first_fills() {
    let redis = EphemeralRedis::start();
    let (one, other) = (replica(redis.url()), replica(redis.url()));
    let (mine, yours) = (miss(&one, "movie:1").await, miss(&other, "movie:1").await);

    assert_eq!(mine, yours);
    assert!(fill(&other, &yours, "Up").await);
    assert!(!fill(&one, &mine, "Up").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lease_lives_for_ten_seconds_and_more_after_it_was_given_out() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    let life = || -> u64 { redis.command(&["PTTL", "{reelmark}:lease:movie:1"]).parse().unwrap() };
    miss(&cache, "movie:1").await;
    assert!(life() > 20_000);
    redis.command(&["PEXPIRE", "{reelmark}:lease:movie:1", "5000"]);

    miss(&cache, "movie:1").await;

    assert!(life() > 20_000);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flush_of_the_server_forgets_values_and_leases() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    put(&cache, "movie:1", "Up").await;
    let lease = miss(&cache, "movie:2").await;

    redis.flush();

    assert!(!fill(&cache, &lease, "Heat").await);
    miss(&cache, "movie:1").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn scripts_that_the_server_forgot_are_taught_again() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    put(&cache, "movie:1", "Up").await;

    redis.command(&["SCRIPT", "FLUSH"]);

    assert!(has(&cache, "movie:1").await);
    assert!(invalidate(&cache, "movie:1").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invalidation_is_carried_out_even_if_its_caller_goes_away() {
    let redis = EphemeralRedis::start();
    let cache = replica(redis.url());
    put(&cache, "movie:1", "Up").await;

    let keys = ["movie:1".to_owned()];
    // The caller is gone as soon as it would have to wait.
    drop(cache.invalidate(&keys).now_or_never());

    let gone = async {
        while has(&cache, "movie:1").await {
            sleep(Duration::from_millis(1)).await;
        }
    };
    assert!(timeout(Duration::from_secs(10), gone).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_probe_tells_whether_the_server_answers() {
    let redis = EphemeralRedis::start();
    let probe = replica(redis.url()).probe();
    assert_eq!((probe.name(), probe.is_required()), ("cache", false));
    assert!(probe.check().await.is_ok());

    redis.pause();
    let hung = timeout(Duration::from_secs(2), probe.check()).await;
    assert!(hung.expect("should answer within two seconds").is_err());
    redis.resume();
    assert!(probe.check().await.is_ok());

    redis.crash();
    assert!(probe.check().await.is_err());
}
