use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use metrics::{counter, gauge};
use tokio::time::timeout;

use super::measures;
use crate::ports::{Allowance, Demand, RateLimiter, RateLimiterError};

/// How long the shared limiter may take. Adapters give up sooner; this holds whatever they do.
const PATIENCE: Duration = Duration::from_millis(500);

/// A limiter that all replicas share, and one in this process that answers whenever the shared one
/// fails or is late: without it, whoever can disturb the shared one could guess without limits.
///
/// While it fails each replica counts by itself and starts from nothing, so that the replicas
/// together admit at most one more burst each.
pub struct RateLimiterWithFallback {
    shared: Arc<dyn RateLimiter>,
    own: Arc<dyn RateLimiter>,
    is_falling_back: AtomicBool,
}

impl RateLimiterWithFallback {
    pub fn new(shared: Arc<dyn RateLimiter>, own: Arc<dyn RateLimiter>) -> Self {
        measures::describe();
        gauge!(measures::FALLBACK_IN_USE).set(0);
        Self { shared, own, is_falling_back: AtomicBool::new(false) }
    }

    fn note(&self, is_falling_back: bool) {
        if self.is_falling_back.swap(is_falling_back, Ordering::Relaxed) != is_falling_back {
            gauge!(measures::FALLBACK_IN_USE).set(f64::from(u8::from(is_falling_back)));
        }
        if is_falling_back {
            counter!(measures::FALLBACK_ANSWERS).increment(1);
        }
    }
}

#[async_trait]
impl RateLimiter for RateLimiterWithFallback {
    async fn admit(&self, demands: Vec<Demand>) -> Result<Vec<Allowance>, RateLimiterError> {
        let answer = timeout(PATIENCE, self.shared.admit(demands.clone())).await;
        if let Ok(Ok(allowances)) = answer {
            self.note(false);
            return Ok(allowances);
        }
        self.note(true);
        self.own.admit(demands).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockRateLimiter, Quota};

    const HALF: Allowance =
        Allowance { remaining: 1, reset: Duration::from_secs(1), retry_after: None };
    const FULL: Allowance = Allowance { remaining: 2, ..HALF };

    fn demands() -> Vec<Demand> {
        let quota = Quota { burst: 2, interval: Duration::from_secs(1) };
        vec![Demand { key: "a".into(), quota }]
    }

    fn own() -> Arc<dyn RateLimiter> {
        let mut own = MockRateLimiter::new();
        own.expect_admit().withf(|asked| *asked == demands()).returning(|_| Ok(vec![HALF]));
        Arc::new(own)
    }

    #[tokio::test]
    async fn the_shared_limiter_answers_alone_while_it_can() {
        let mut shared = MockRateLimiter::new();
        shared.expect_admit().returning(|_| Ok(vec![FULL]));
        let limiter =
            RateLimiterWithFallback::new(Arc::new(shared), Arc::new(MockRateLimiter::new()));

        assert_eq!(limiter.admit(demands()).await.unwrap(), [FULL]);
    }

    #[tokio::test]
    async fn its_own_limiter_answers_when_the_shared_one_fails() {
        let mut shared = MockRateLimiter::new();
        shared.expect_admit().returning(|_| Err(RateLimiterError("down".into())));
        let limiter = RateLimiterWithFallback::new(Arc::new(shared), own());

        assert_eq!(limiter.admit(demands()).await.unwrap(), [HALF]);
    }

    struct Hanging;

    #[async_trait]
    impl RateLimiter for Hanging {
        async fn admit(&self, _: Vec<Demand>) -> Result<Vec<Allowance>, RateLimiterError> {
            std::future::pending().await
        }
    }

    #[tokio::test(start_paused = true)]
    async fn its_own_limiter_answers_when_the_shared_one_hangs() {
        let limiter = RateLimiterWithFallback::new(Arc::new(Hanging), own());

        assert_eq!(limiter.admit(demands()).await.unwrap(), [HALF]);
    }
}
