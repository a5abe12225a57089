use reelmark_application::ports::Clock;
use time::OffsetDateTime;

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the Clock that everybody else asks")]
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc().truncate_to_microsecond()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::{Duration, UtcOffset};

    #[test]
    fn tells_utc_to_the_microsecond() {
        for _ in 0..1_000 {
            let now = SystemClock.now();
            assert_eq!(now.nanosecond() % 1_000, 0);
            assert_eq!(now.offset(), UtcOffset::UTC);
        }
    }

    #[test]
    fn goes_on() {
        let (start, limit) = (SystemClock.now(), Duration::seconds(10));
        while SystemClock.now() == start {
            std::thread::yield_now();
        }
        assert!(SystemClock.now() - start < limit);
    }
}
