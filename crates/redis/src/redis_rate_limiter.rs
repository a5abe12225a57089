use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use deadpool_redis::redis::ScriptInvocation;
use reelmark_application::ports::{Allowance, Clock, Demand, RateLimiter, RateLimiterError};

use crate::server::Server;

/// The rate limiter that all replicas share.
///
/// All quotas of a call are one script. Redis' own time counts, so that replicas whose clocks
/// differ agree. Keys are hashed: no name and no address can be read in Redis. While the cache on
/// the same server is off it fails at once.
pub struct RedisRateLimiter {
    server: Arc<Server>,
    clock: Option<Arc<dyn Clock>>,
}

impl RedisRateLimiter {
    pub(crate) fn new(server: Arc<Server>) -> Self {
        Self { server, clock: None }
    }

    /// Goes by this clock instead of Redis' own time, where all replicas have the same.
    pub fn going_by(self, clock: Arc<dyn Clock>) -> Self {
        Self { clock: Some(clock), ..self }
    }

    fn now(&self) -> Option<i128> {
        self.clock.as_ref().map(|clock| clock.now().unix_timestamp_nanos() / 1_000)
    }
}

#[async_trait]
impl RateLimiter for RedisRateLimiter {
    async fn admit(&self, demands: Vec<Demand>) -> Result<Vec<Allowance>, RateLimiterError> {
        if demands.is_empty() {
            return Ok(vec![]);
        }
        let question: ScriptInvocation<'_> = self.server.scripts.admit(&demands, self.now());
        let answer: Vec<i64> = self.server.ask_patiently(&question).await?;
        Ok(answer.as_chunks().0.iter().map(allowance).collect())
    }
}

fn allowance([remaining, reset, retry_after]: &[i64; 3]) -> Allowance {
    let micros = |micros: &i64| u64::try_from(*micros).ok().map(Duration::from_micros);
    Allowance {
        remaining: u32::try_from(*remaining).unwrap_or(0),
        reset: micros(reset).unwrap_or_default(),
        retry_after: micros(retry_after),
    }
}
