use std::sync::{Mutex, PoisonError};

use reelmark_application::ports::Clock;
use time::{Duration, OffsetDateTime};

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct FixedClock(Mutex<OffsetDateTime>);

impl FixedClock {
    /// A clock that shows `now`.
    #[must_use]
    pub fn at(now: OffsetDateTime) -> Self {
        Self(Mutex::new(to_the_microsecond(now)))
    }

    /// Sets the clock to `now`, forwards or backwards.
    pub fn set(&self, now: OffsetDateTime) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = to_the_microsecond(now);
    }

    /// Lets `by` pass.
    pub fn advance(&self, by: Duration) {
        self.set(self.now() + by);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> OffsetDateTime {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Cuts off what no store keeps, as every clock must.
fn to_the_microsecond(time: OffsetDateTime) -> OffsetDateTime {
    let finer = time.nanosecond() % 1_000;
    time - Duration::nanoseconds(finer.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOON: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

    #[test]
    fn stands_still_until_it_is_moved() {
        let clock = FixedClock::at(NOON);
        assert_eq!((clock.now(), clock.now()), (NOON, NOON));

        clock.advance(Duration::minutes(5));
        assert_eq!(clock.now(), NOON + Duration::minutes(5));

        clock.set(NOON);
        assert_eq!(clock.now(), NOON);
    }

    #[test]
    fn shows_microseconds_and_nothing_finer() {
        let clock = FixedClock::at(NOON + Duration::nanoseconds(1_999));
        assert_eq!(clock.now(), NOON + Duration::microseconds(1));
    }
}
