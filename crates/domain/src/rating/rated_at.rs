use time::format_description::well_known::Rfc3339;
use time::{Date, Duration, OffsetDateTime, UtcDateTime};

use crate::ValueError;

/// How far ahead of ours somebody's calendar can be.
const TIME_ZONES: Duration = Duration::days(1);

/// When somebody rated a movie elsewhere: 1970 to now. A time up to a day ahead, which is another
/// time zone or clock, counts as now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RatedAt(OffsetDateTime);

impl RatedAt {
    /// Checks a time.
    ///
    /// # Errors
    /// [`ValueError::InFuture`] more than a day after `now`, [`ValueError::Malformed`] before 1970.
    pub fn new(raw: OffsetDateTime, now: OffsetDateTime) -> Result<Self, ValueError> {
        if raw < OffsetDateTime::UNIX_EPOCH {
            return Err(ValueError::Malformed { expected: "a time from 1970 on" });
        }
        if raw.unix_timestamp() > now.unix_timestamp() + TIME_ZONES.whole_seconds() {
            return Err(ValueError::InFuture);
        }
        Ok(Self(raw.to_offset(time::UtcOffset::UTC).min(now)))
    }

    /// Takes the first moment of a day, in UTC.
    ///
    /// # Errors
    /// Those of [`Self::new`].
    pub fn from_day(day: Date, now: OffsetDateTime) -> Result<Self, ValueError> {
        Self::new(day.midnight().assume_utc(), now)
    }

    /// Reads whole seconds since 1970, of which "881250949.0" has as many as "881250949".
    ///
    /// # Errors
    /// Those of [`Self::new`], and [`ValueError::Malformed`] for anything else.
    pub fn from_unix_seconds(raw: &str, now: OffsetDateTime) -> Result<Self, ValueError> {
        let malformed = ValueError::Malformed { expected: "whole seconds since 1970" };
        let whole = raw.trim().trim_end_matches('0').strip_suffix('.').unwrap_or(raw.trim());
        let seconds: i64 = whole.parse().map_err(|_| malformed.clone())?;
        if seconds > now.unix_timestamp() + TIME_ZONES.whole_seconds() {
            return Err(ValueError::InFuture);
        }
        Self::new(OffsetDateTime::from_unix_timestamp(seconds).map_err(|_| malformed)?, now)
    }

    /// Reads a time such as `2014-09-01T09:10:11.000Z`.
    ///
    /// # Errors
    /// Those of [`Self::new`], and [`ValueError::Malformed`] for anything else.
    pub fn from_rfc3339(raw: &str, now: OffsetDateTime) -> Result<Self, ValueError> {
        let time = OffsetDateTime::parse(raw.trim(), &Rfc3339);
        let malformed = ValueError::Malformed { expected: "a time such as 2014-09-01T09:10:11Z" };
        // A time zone can push the last moments of the calendar over its edge.
        let time =
            time.ok().filter(|time| (UtcDateTime::UNIX_EPOCH.year()..9999).contains(&time.year()));
        Self::new(time.ok_or(malformed)?, now)
    }

    /// The time, in UTC.
    pub fn get(self) -> OffsetDateTime {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    const NOW: OffsetDateTime = datetime!(2026-03-01 12:00 UTC);

    proptest! {
        #[test]
        fn takes_1970_to_now(seconds: i64) {
            let read = RatedAt::from_unix_seconds(&seconds.to_string(), NOW);
            let latest = NOW.unix_timestamp() + 86_400;
            prop_assert_eq!(read.is_ok(), (0..=latest).contains(&seconds));
        }

        #[test]
        fn never_lies_after_now(seconds in 0i64..1_772_452_800) {
            let read = RatedAt::from_unix_seconds(&seconds.to_string(), NOW).unwrap().get();
            prop_assert_eq!(read.unix_timestamp(), seconds.min(NOW.unix_timestamp()));
        }

        #[test]
        fn reads_what_rfc_3339_writes(seconds in 0i64..1_700_000_000) {
            let time = OffsetDateTime::from_unix_timestamp(seconds).unwrap();
            let text = time.format(&Rfc3339).unwrap();
            prop_assert_eq!(RatedAt::from_rfc3339(&text, NOW).map(RatedAt::get), Ok(time));
        }

        #[test]
        fn never_panics(raw in "[-+0-9:TZ.]{0,35}|\\PC{0,20}") {
            let _ = (RatedAt::from_rfc3339(&raw, NOW), RatedAt::from_unix_seconds(&raw, NOW));
        }
    }

    #[test]
    fn a_day_ahead_is_another_time_zone_and_two_are_the_future() {
        assert_eq!(RatedAt::from_day(date!(2026 - 03 - 02), NOW).map(RatedAt::get), Ok(NOW));
        assert_eq!(RatedAt::from_day(date!(2026 - 03 - 03), NOW), Err(ValueError::InFuture));
        assert!(RatedAt::from_day(date!(1969 - 12 - 31), NOW).is_err());
    }

    #[test]
    fn refuses_what_is_no_time() {
        for raw in ["", "yesterday", "1.5", "99999999999999999999", "881250949e3"] {
            assert!(RatedAt::from_unix_seconds(raw, NOW).is_err(), "{raw}");
        }
        assert!(RatedAt::from_unix_seconds("881250949.0", NOW).is_ok());
        let edges =
            ["9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59", "2026-02-30T00:00:00Z"];
        for raw in edges {
            assert!(RatedAt::from_rfc3339(raw, NOW).is_err(), "{raw}");
        }
    }
}
