use std::sync::Arc;
use std::time::Duration;

use metrics::counter;
use thiserror::Error;

use super::{Limit, Meter, Policy, Reading, measures};
use crate::ports::{Allowance, RateLimiter};

/// How long to stay away when the limiter itself is broken.
const WHEN_BROKEN: Duration = Duration::from_secs(1);

/// Somebody does something too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("this was done too often")]
pub struct Throttled {
    /// How long until it may be done again.
    pub retry_after: Duration,
}

/// Enforces limits, or none at all when they are switched off.
#[derive(Clone)]
pub struct Throttle(Option<Arc<dyn RateLimiter>>);

/// Which policies refused an attempt, and for how long; nothing has been counted then.
pub(super) type Refusals = Vec<(Policy, Duration)>;

impl Throttle {
    pub fn new(limiter: Arc<dyn RateLimiter>) -> Self {
        measures::describe();
        Self(Some(limiter))
    }

    /// Admits everything.
    pub fn off() -> Self {
        Self(None)
    }

    /// Counts one attempt against all of `limits`, or against none of them when one refuses it.
    ///
    /// # Errors
    /// [`Throttled`] when one of them has nothing left.
    pub async fn admit(&self, limits: &[Limit], meter: &Meter) -> Result<(), Throttled> {
        Throttled::unless_none(&self.attempt(limits, meter).await)
    }

    pub(super) async fn attempt(&self, limits: &[Limit], meter: &Meter) -> Refusals {
        let Some(limiter) = &self.0 else { return vec![] };
        let demands = limits.iter().map(Limit::demand).collect();
        match limiter.admit(demands).await {
            Ok(allowances) => settle(limits, &allowances, meter),
            Err(error) => {
                log::error!(error:err = error; "the rate limiter is broken, what it guards is refused");
                limits.iter().map(|limit| (limit.policy, WHEN_BROKEN)).collect()
            }
        }
    }
}

impl Throttled {
    /// # Errors
    /// The longest wait, when there are any.
    pub(super) fn unless_none(refusals: &Refusals) -> Result<(), Self> {
        let longest = refusals.iter().map(|(_, wait)| *wait).max();
        longest.map_or(Ok(()), |retry_after| Err(Self { retry_after }))
    }
}

fn settle(limits: &[Limit], allowances: &[Allowance], meter: &Meter) -> Refusals {
    let mut refusals = Refusals::new();
    for (Limit { policy, .. }, allowance) in limits.iter().zip(allowances) {
        let Allowance { remaining, reset, retry_after } = *allowance;
        if policy.is_shown {
            meter.note(Reading { policy: *policy, remaining, reset });
        }
        refusals.extend(retry_after.map(|wait| (*policy, wait)));
    }
    count(limits, &refusals);
    refusals
}

/// A refused attempt counts for the policies that refused it; the others have not seen it.
fn count(limits: &[Limit], refusals: &Refusals) {
    let count = |policy: &Policy, outcome| {
        counter!(measures::LIMITED, "policy" => policy.name, "outcome" => outcome).increment(1);
    };
    if refusals.is_empty() {
        limits.iter().for_each(|limit| count(&limit.policy, "admitted"));
    }
    refusals.iter().for_each(|(policy, _)| count(policy, "refused"));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Demand, MockRateLimiter, Quota, RateLimiterError};
    use crate::throttling::policies::{LOG_IN_ACCOUNT, LOG_IN_IP, WRITES_USER};

    fn allowance(remaining: u32, retry_after: Option<u64>) -> Allowance {
        let retry_after = retry_after.map(Duration::from_secs);
        Allowance { remaining, reset: Duration::from_secs(12), retry_after }
    }

    fn answering(allowances: Vec<Allowance>) -> Throttle {
        let mut limiter = MockRateLimiter::new();
        limiter.expect_admit().returning(move |_| Ok(allowances.clone()));
        Throttle::new(Arc::new(limiter))
    }

    #[tokio::test]
    async fn each_policy_counts_each_subject_by_itself() {
        let mut limiter = MockRateLimiter::new();
        let quota = Quota { burst: 5, interval: Duration::from_secs(12) };
        let expected = vec![Demand { key: "login-ip:192.0.2.7".into(), quota }];
        limiter.expect_admit().withf(move |demands| *demands == expected).returning(|_| Ok(vec![]));
        let throttle = Throttle::new(Arc::new(limiter));

        let admitted = throttle.admit(&[LOG_IN_IP.of("192.0.2.7")], &Meter::default()).await;

        assert_eq!(admitted, Ok(()));
    }

    #[tokio::test]
    async fn who_is_refused_is_told_the_longest_wait() {
        let throttle = answering(vec![allowance(0, Some(3)), allowance(0, Some(9))]);
        let limits = [LOG_IN_IP.of("a"), WRITES_USER.of("b")];

        let refused = throttle.admit(&limits, &Meter::default()).await;

        assert_eq!(refused, Err(Throttled { retry_after: Duration::from_secs(9) }));
    }

    #[tokio::test]
    async fn the_meter_shows_what_is_left_but_not_what_others_have_used_up() {
        let throttle = answering(vec![allowance(4, None), allowance(7, None)]);
        let meter = Meter::default();

        throttle.admit(&[LOG_IN_IP.of("a"), LOG_IN_ACCOUNT.of("b")], &meter).await.unwrap();

        let reset = Duration::from_secs(12);
        assert_eq!(meter.readings(), [Reading { policy: LOG_IN_IP, remaining: 4, reset }]);
    }

    #[tokio::test]
    async fn admits_nobody_when_the_limiter_is_broken() {
        let mut limiter = MockRateLimiter::new();
        limiter.expect_admit().returning(|_| Err(RateLimiterError("down".into())));
        let throttle = Throttle::new(Arc::new(limiter));

        let refused = throttle.admit(&[LOG_IN_IP.of("a")], &Meter::default()).await;

        assert_eq!(refused, Err(Throttled { retry_after: WHEN_BROKEN }));
    }

    #[tokio::test]
    async fn admits_everything_when_it_is_off() {
        let meter = Meter::default();
        assert_eq!(Throttle::off().admit(&[LOG_IN_IP.of("a")], &meter).await, Ok(()));
        assert!(meter.readings().is_empty());
    }
}
