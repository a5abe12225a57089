//! What is true of the rate limiter in Redis beyond the contracts of every limiter.
#![expect(clippy::unwrap_used, reason = "these are tests")]

mod support;

use std::time::Duration;

use reelmark_application::ports::{Demand, Quota, RateLimiter};
use reelmark_redis::{RedisCacheConfig, RedisRateLimiter};
use reelmark_testkit::servers::EphemeralRedis;

use support::{replica, replica_with};

const HOURLY: Quota = Quota { burst: 2, interval: Duration::from_secs(3_600) };

async fn is_admitted(limiter: &RedisRateLimiter, key: &str, quota: Quota) -> bool {
    let demands = vec![Demand { key: key.to_owned(), quota }];
    limiter.admit(demands).await.unwrap()[0].retry_after.is_none()
}

fn patient(redis: &EphemeralRedis) -> RedisCacheConfig {
    RedisCacheConfig { patience: Duration::from_secs(10), ..RedisCacheConfig::new(redis.url()) }
}

#[tokio::test]
async fn replicas_share_their_quotas_and_go_by_the_time_of_redis() {
    let redis = EphemeralRedis::start();
    let [here, there] = [(); 2].map(|()| replica_with(patient(&redis)).rate_limiter());
    let quick = Quota { burst: 1, interval: Duration::from_millis(10) };

    assert!(is_admitted(&here, "a", HOURLY).await);
    assert!(is_admitted(&there, "a", HOURLY).await);
    assert!(!is_admitted(&here, "a", HOURLY).await);
    assert!(!is_admitted(&there, "a", HOURLY).await);

    assert!(is_admitted(&here, "quick", quick).await);
    while !is_admitted(&there, "quick", quick).await {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn redis_shows_neither_names_nor_addresses_and_forgets_every_key() {
    let redis = EphemeralRedis::start();
    let limiter = replica_with(patient(&redis)).rate_limiter();
    let key = "login-account-ip:192.0.2.7 mail:ada@example.org";

    assert!(is_admitted(&limiter, key, HOURLY).await);

    let keys = redis.command(&["KEYS", "*:limit:*"]);
    assert_eq!(keys.lines().count(), 1, "{keys}");
    let value = redis.command(&["GET", &keys]);
    for part in ["192.0.2.7", "ada", "example", "login"] {
        assert!(!keys.contains(part) && !value.contains(part), "{keys} {value}");
    }
    let seconds: i64 = redis.command(&["TTL", &keys]).parse().unwrap();
    assert!((3_500..=3_700).contains(&seconds), "{seconds}");
}

#[tokio::test]
async fn fails_soon_when_redis_is_gone() {
    let redis = EphemeralRedis::start();
    let limiter = replica(redis.url()).rate_limiter();
    redis.crash();

    let demands = vec![Demand { key: "a".to_owned(), quota: HOURLY }];
    let answer = tokio::time::timeout(Duration::from_secs(10), limiter.admit(demands)).await;

    assert!(answer.unwrap().is_err());
}
