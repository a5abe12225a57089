use std::time::Duration;

use reelmark_application::ports::{Allowance, Quota};

/// What one key has used up: the microsecond, since the epoch, at which its quota is full again. It
/// is called the theoretical arrival time in the generic cell rate algorithm.
pub(super) type FullAt = i64;

/// One demand, looked at before anything is taken.
pub(super) struct Cell {
    quota: Quota,
    now: i64,
    full_at: FullAt,
}

impl Cell {
    pub(super) fn full(quota: Quota, now: i64) -> Self {
        Self { quota, now, full_at: now }
    }

    /// A clock that was set back must not keep anybody out for longer than the quota takes, so
    /// what is stored is brought to the present even when nothing is taken.
    pub(super) fn stored(quota: Quota, now: i64, full_at: &mut FullAt) -> Self {
        *full_at = (*full_at).min(now.saturating_add(window(quota)));
        Self { quota, now, full_at: now.max(*full_at) }
    }

    /// How long until there is one unit, when there is none.
    pub(super) fn retry_after(&self) -> Option<Duration> {
        let short_by = self.full_at + interval(self.quota) - self.now - window(self.quota);
        (short_by > 0).then(|| micros(short_by))
    }

    /// When the quota is full again once one unit was taken.
    pub(super) fn take(&mut self) -> FullAt {
        self.full_at += interval(self.quota);
        self.full_at
    }

    pub(super) fn allowance(&self, retry_after: Option<Duration>) -> Allowance {
        let used_up = self.full_at - self.now;
        let left = (window(self.quota) - used_up) / interval(self.quota);
        Allowance {
            remaining: u32::try_from(left).unwrap_or(0),
            reset: micros(used_up),
            retry_after,
        }
    }
}

fn interval(quota: Quota) -> i64 {
    i64::try_from(quota.interval.as_micros()).unwrap_or(i64::MAX >> 33).max(1)
}

fn window(quota: Quota) -> i64 {
    interval(quota).saturating_mul(quota.burst.max(1).into())
}

fn micros(micros: i64) -> Duration {
    Duration::from_micros(u64::try_from(micros).unwrap_or(0))
}
