//! How long a server that hangs holds up its callers. The promise is 50 ms in production's settings.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use reelmark_application::caching::ReadThrough;
use reelmark_application::ports::{Cache, CacheError};
use reelmark_redis::{RedisCache, RedisCacheConfig};
use reelmark_testkit::servers::EphemeralRedis;
use tokio::time::Instant;

use support::{lookup, replica_with};

const HOUR: Duration = Duration::from_secs(3_600);
const PROMISE: Duration = Duration::from_millis(50);
/// In any one round another process may have taken the processors away. Hardly in all of them.
const ROUNDS: u32 = 10;

fn replica(redis: &EphemeralRedis) -> Arc<RedisCache> {
    Arc::new(replica_with(RedisCacheConfig::new(redis.url())))
}

/// How long a reader waits for a value that the store has at hand.
async fn cost(reading: &ReadThrough, key: usize) -> Duration {
    let start = Instant::now();
    let load = async || Ok::<_, CacheError>(Some(7));
    let value = reading.read(&format!("movie:{key}"), HOUR, load).await;
    assert_eq!(value.unwrap(), Some(7));
    start.elapsed()
}

/// Makes the server hang in each round, and fails unless all readers of one round were served as
/// promised.
async fn assert_promise_kept(costs_of_a_round: impl AsyncFn(Arc<ReadThrough>) -> Vec<Duration>) {
    let redis = EphemeralRedis::start();
    let mut worst = Vec::new();
    for _ in 0..ROUNDS {
        let cache = replica(&redis);
        lookup(&cache, "any").await;
        redis.pause();
        let costs = costs_of_a_round(Arc::new(ReadThrough::new(cache))).await;
        redis.resume();
        worst.extend(costs.into_iter().max());
        if worst.last() < Some(&PROMISE) {
            return;
        }
    }
    panic!("the worst of each round: {worst:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hung_server_costs_no_reader_50_ms() {
    assert_promise_kept(async |reading| {
        let mut costs = Vec::new();
        for key in 0..50 {
            costs.push(cost(&reading, key).await);
        }
        costs
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hung_server_costs_no_reader_in_a_crowd_50_ms() {
    assert_promise_kept(async |reading| {
        let readers = (0..200).map(|key| {
            let reading = reading.clone();
            tokio::spawn(async move { cost(&reading, key).await })
        });
        let costs = join_all(readers.collect::<Vec<_>>()).await;
        costs.into_iter().map(|cost| cost.unwrap()).collect()
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failure_the_server_is_left_alone_for_a_while() {
    let redis = EphemeralRedis::start();
    let cache = replica(&redis);
    lookup(&cache, "any").await;
    redis.pause();
    assert!(cache.lookup("movie:1").await.is_err());

    let start = Instant::now();
    for _ in 0..1_000 {
        assert!(cache.lookup("movie:1").await.is_err());
    }

    // Had it been asked each time, this would have taken 25 seconds.
    assert!(start.elapsed() < Duration::from_secs(2), "took {:?}", start.elapsed());
    redis.resume();
    lookup(&cache, "movie:1").await;
}
