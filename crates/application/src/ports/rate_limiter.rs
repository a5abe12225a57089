use std::fmt;
use std::time::Duration;

use async_trait::async_trait;
use thiserror::Error;

use super::Cause;

/// How much is allowed: `burst` at once, and one more each `interval` up to `burst` again (the
/// generic cell rate algorithm, ITU-T I.371).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// At least 1.
    pub burst: u32,
    /// At least a microsecond; what is finer is cut off.
    pub interval: Duration,
}

/// One unit of a quota, asked for by whoever the key names. Its debug output leaves the key out,
/// because it may be an e-mail address.
#[derive(Clone, PartialEq, Eq)]
pub struct Demand {
    /// Always used with the same quota, and once in a call.
    pub key: String,
    pub quota: Quota,
}

impl fmt::Debug for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Demand").field("quota", &self.quota).finish_non_exhaustive()
    }
}

/// What one key has left after a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// How many more would be admitted at this moment.
    pub remaining: u32,
    /// How long until `burst` would be admitted at once again.
    pub reset: Duration,
    /// How long until the next one is admitted, when this key has nothing left for this one.
    pub retry_after: Option<Duration>,
}

/// The limiter can't be reached, or answered too late.
#[derive(Debug, Error)]
#[error("the rate limiter is unavailable")]
pub struct RateLimiterError(#[source] pub Cause);

/// Counts what is done too often.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RateLimiter: Send + Sync {
    /// Takes one unit from the quota of every demand, or none from any when one has nothing left,
    /// in one step that no other call comes between. What each has left, in the order of
    /// `demands`; everything was taken unless one of them has to retry later.
    ///
    /// MUST answer or fail within half a second. MUST NOT keep anybody out for longer than a quota
    /// takes to fill up, even when the clock is set back. MUST forget keys whose quota is full
    /// again, and MUST NOT store or log a key in plain text where others than this process read it:
    /// it names people and addresses.
    async fn admit(&self, demands: Vec<Demand>) -> Result<Vec<Allowance>, RateLimiterError>;
}
