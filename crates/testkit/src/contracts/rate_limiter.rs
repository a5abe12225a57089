//! The contracts of `RateLimiter`.

use std::sync::Arc;
use std::time::Duration;

use reelmark_application::ports::{Allowance, Demand, Quota, RateLimiter};

use crate::FixedClock;

/// Three at once, and one each ten seconds.
const THREE: Quota = Quota { burst: 3, interval: Duration::from_secs(10) };

/// A limiter that nobody else uses, and the clock it goes by.
pub struct FreshRateLimiter {
    pub limiter: Arc<dyn RateLimiter>,
    pub clock: Arc<FixedClock>,
}

impl FreshRateLimiter {
    async fn admit_all<const N: usize>(&self, demands: [(&str, Quota); N]) -> [Allowance; N] {
        let demands = demands.map(|(key, quota)| Demand { key: key.to_owned(), quota });
        let allowances = self.limiter.admit(demands.into()).await.unwrap();
        allowances.try_into().expect("each demand should be answered")
    }

    async fn admit(&self, key: &str, quota: Quota) -> Allowance {
        let [allowance] = self.admit_all([(key, quota)]).await;
        allowance
    }

    async fn use_up(&self, key: &str, quota: Quota) {
        for _ in 0..quota.burst {
            assert!(is_admitted(&self.admit(key, quota).await), "{key} has less than its burst");
        }
    }

    fn let_pass(&self, seconds: f64) {
        self.clock.advance(time::Duration::seconds_f64(seconds));
    }
}

fn is_admitted(allowance: &Allowance) -> bool {
    allowance.retry_after.is_none()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

pub async fn admits_the_burst_and_no_more(fresh: FreshRateLimiter) {
    fresh.use_up("a", THREE).await;

    for _ in 0..5 {
        assert!(!is_admitted(&fresh.admit("a", THREE).await));
    }
}

pub async fn says_what_is_left_and_when_all_of_it_is_back(fresh: FreshRateLimiter) {
    for (remaining, reset) in [(2, 10), (1, 20), (0, 30)] {
        let expected = Allowance { remaining, reset: seconds(reset), retry_after: None };
        assert_eq!(fresh.admit("a", THREE).await, expected);
    }
    fresh.let_pass(4.0);

    let refused = fresh.admit("a", THREE).await;

    let expected = Allowance { remaining: 0, reset: seconds(26), retry_after: Some(seconds(6)) };
    assert_eq!(refused, expected);
}

pub async fn one_comes_back_each_interval(fresh: FreshRateLimiter) {
    fresh.use_up("a", THREE).await;

    for _ in 0..5 {
        fresh.let_pass(9.999_999);
        assert!(!is_admitted(&fresh.admit("a", THREE).await));
        fresh.let_pass(0.000_001);
        assert!(is_admitted(&fresh.admit("a", THREE).await));
    }
}

pub async fn who_waits_as_long_as_told_is_admitted(fresh: FreshRateLimiter) {
    let third = Quota { burst: 3, interval: seconds(1) / 3 };
    for quota in [THREE, third, Quota { burst: 1, interval: seconds(300) }] {
        let key = format!("{quota:?}");
        fresh.use_up(&key, quota).await;
        let wait = fresh.admit(&key, quota).await.retry_after.unwrap();
        fresh.clock.advance(wait.try_into().unwrap());
        assert!(is_admitted(&fresh.admit(&key, quota).await), "{key}");
    }
}

pub async fn what_is_not_used_does_not_pile_up(fresh: FreshRateLimiter) {
    fresh.use_up("a", THREE).await;
    fresh.let_pass(100_000.0);

    fresh.use_up("a", THREE).await;

    assert!(!is_admitted(&fresh.admit("a", THREE).await));
}

pub async fn a_refused_attempt_costs_nothing(fresh: FreshRateLimiter) {
    fresh.use_up("a", THREE).await;
    for _ in 0..100 {
        fresh.admit("a", THREE).await;
    }
    fresh.let_pass(10.0);

    assert!(is_admitted(&fresh.admit("a", THREE).await));
}

pub async fn keys_do_not_share_their_quotas(fresh: FreshRateLimiter) {
    fresh.use_up("a", THREE).await;

    for key in ["b", "A", "a ", "", "a\0", "ä", "a:b", "{a}"] {
        assert_eq!(fresh.admit(key, THREE).await.remaining, 2, "{key:?}");
    }
}

pub async fn when_one_demand_is_refused_nothing_is_taken_from_the_others(fresh: FreshRateLimiter) {
    let one = Quota { burst: 1, interval: seconds(60) };
    let both = [("wide", THREE), ("narrow", one)];
    assert!(fresh.admit_all(both).await.iter().all(is_admitted));

    for _ in 0..10 {
        let [wide, narrow] = fresh.admit_all(both).await;
        assert_eq!((wide.remaining, wide.retry_after), (2, None));
        assert_eq!(narrow.retry_after, Some(seconds(60)));
    }

    assert_eq!(fresh.admit("wide", THREE).await.remaining, 1);
}

pub async fn answers_in_the_order_it_was_asked(fresh: FreshRateLimiter) {
    let quotas = [1, 2, 3, 4].map(|burst| Quota { burst, interval: seconds(60) });
    let [a, b, c, d] = quotas;

    let answers = fresh.admit_all([("d", d), ("a", a), ("c", c), ("b", b)]).await;

    assert_eq!(answers.map(|answer| answer.remaining), [3, 0, 2, 1]);
}

pub async fn nothing_is_asked_and_nothing_answered(fresh: FreshRateLimiter) {
    assert_eq!(fresh.admit_all([]).await, []);
}

pub async fn of_200_at_once_exactly_the_burst_is_admitted(fresh: FreshRateLimiter) {
    let wide = Quota { burst: 1_000, interval: seconds(60) };
    let attempts: Vec<_> = (0..200)
        .map(|_| {
            let limiter = fresh.limiter.clone();
            let demands = [("wide", wide), ("narrow", THREE)];
            let demands = demands.map(|(key, quota)| Demand { key: key.to_owned(), quota });
            tokio::spawn(async move { limiter.admit(demands.into()).await.unwrap() })
        })
        .collect();

    let mut admitted = 0;
    for attempt in attempts {
        let allowances = attempt.await.unwrap();
        admitted += u32::from(allowances.iter().all(is_admitted));
    }

    assert_eq!(admitted, THREE.burst);
    assert_eq!(fresh.admit("wide", wide).await.remaining, wide.burst - THREE.burst - 1);
}

pub async fn a_clock_that_is_set_back_keeps_nobody_out_for_longer(fresh: FreshRateLimiter) {
    fresh.use_up("a", THREE).await;
    fresh.let_pass(-86_400.0);

    let refused = fresh.admit("a", THREE).await;
    assert!(refused.reset <= seconds(30) && refused.retry_after.unwrap() <= seconds(10));

    fresh.let_pass(10.0);
    assert!(is_admitted(&fresh.admit("a", THREE).await));
}

pub async fn short_and_long_intervals_are_exact(fresh: FreshRateLimiter) {
    let fast = Quota { burst: 2, interval: Duration::from_micros(1_500) };
    let slow = Quota { burst: 2, interval: seconds(86_400) };
    for (quota, interval) in [(fast, 0.001_5), (slow, 86_400.0)] {
        let key = format!("{quota:?}");
        fresh.use_up(&key, quota).await;
        assert_eq!(fresh.admit(&key, quota).await.retry_after, Some(quota.interval));
        fresh.let_pass(interval);
        assert!(is_admitted(&fresh.admit(&key, quota).await));
        assert!(!is_admitted(&fresh.admit(&key, quota).await));
    }
}

/// Declares these contracts as tests, given an `async fn() -> FreshRateLimiter`.
#[macro_export]
macro_rules! rate_limiter_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { rate_limiter, $fresh,
            admits_the_burst_and_no_more,
            says_what_is_left_and_when_all_of_it_is_back,
            one_comes_back_each_interval,
            who_waits_as_long_as_told_is_admitted,
            what_is_not_used_does_not_pile_up,
            a_refused_attempt_costs_nothing,
            keys_do_not_share_their_quotas,
            when_one_demand_is_refused_nothing_is_taken_from_the_others,
            answers_in_the_order_it_was_asked,
            nothing_is_asked_and_nothing_answered,
            of_200_at_once_exactly_the_burst_is_admitted,
            a_clock_that_is_set_back_keeps_nobody_out_for_longer,
            short_and_long_intervals_are_exact,
        }
    };
}
