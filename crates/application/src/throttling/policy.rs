use std::fmt::{self, Display};
use std::time::Duration;

use crate::ports::{Demand, Quota};

/// How often one thing may be done: `burst` times at once, and `burst` times per `window` in the
/// long run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Names it towards clients and in metrics; never changes its meaning.
    pub name: &'static str,
    pub burst: u32,
    /// How long the whole burst takes to come back.
    pub window: Duration,
    /// Whether clients are told what is left. What others have used up is none of their business.
    pub is_shown: bool,
}

/// A policy applied to somebody. Its debug output doesn't say to whom.
#[derive(Clone, PartialEq, Eq)]
pub struct Limit {
    pub policy: Policy,
    pub(super) subject: String,
}

impl Policy {
    /// A policy that clients are told about: `burst` per `seconds`.
    pub(super) const fn shown(name: &'static str, burst: u32, seconds: u64) -> Self {
        Self { name, burst, window: Duration::from_secs(seconds), is_shown: true }
    }

    /// A policy whose state depends on what others do.
    pub(super) const fn hidden(name: &'static str, burst: u32, seconds: u64) -> Self {
        Self { is_shown: false, ..Self::shown(name, burst, seconds) }
    }

    /// This policy for one subject: a network, an account, an address.
    pub fn of(self, subject: impl Display) -> Limit {
        Limit { policy: self, subject: subject.to_string() }
    }
}

impl fmt::Debug for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Limit").field("policy", &self.policy.name).finish_non_exhaustive()
    }
}

impl Limit {
    pub(super) fn demand(&self) -> Demand {
        let Policy { name, burst, window, .. } = self.policy;
        let quota = Quota { burst, interval: window / burst };
        Demand { key: format!("{name}:{}", self.subject), quota }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::throttling::policies::{LOG_IN_IP, MAIL_ADDRESS};

    #[test]
    fn the_burst_comes_back_within_the_window() {
        let Demand { quota, .. } = LOG_IN_IP.of("192.0.2.7").demand();
        assert_eq!(quota, Quota { burst: 5, interval: Duration::from_secs(12) });
    }

    #[test]
    fn addresses_are_not_shown() {
        let limit = MAIL_ADDRESS.of("ada@example.org");
        assert!(!format!("{limit:?} {:?}", limit.demand()).contains("ada"));
    }
}
