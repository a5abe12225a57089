use time::macros::format_description;
use time::{Date, OffsetDateTime};

use crate::ValueError;

/// The days that a report looks at: from the first, up to and without the second. Either may be
/// open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReportPeriod {
    from: Option<Date>,
    to: Option<Date>,
}

impl ReportPeriod {
    /// The first and the last year a day may lie in.
    pub const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

    /// Puts together two days.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] when `to` comes before `from`.
    pub fn new(from: Option<Date>, to: Option<Date>) -> Result<Self, ValueError> {
        match (from, to) {
            (Some(from), Some(to)) if to < from => {
                Err(ValueError::Malformed { expected: "the same day as from or a later one" })
            }
            _ => Ok(Self { from, to }),
        }
    }

    /// Reads a day such as `2026-03-01`.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything that isn't a day from 1970 to 9999.
    pub fn parse_day(raw: &str) -> Result<Date, ValueError> {
        let day = Date::parse(raw, format_description!("[year]-[month]-[day]"));
        day.ok()
            .filter(|day| Self::YEARS.contains(&day.year()))
            .ok_or(ValueError::Malformed { expected: "a day such as 2026-03-01, from 1970 on" })
    }

    /// The first day.
    pub fn from(&self) -> Option<Date> {
        self.from
    }

    /// The day after the last one.
    pub fn to(&self) -> Option<Date> {
        self.to
    }

    /// When the period begins, in UTC.
    pub fn begin(&self) -> Option<OffsetDateTime> {
        self.from.map(|day| day.midnight().assume_utc())
    }

    /// When the period is over, in UTC.
    pub fn end(&self) -> Option<OffsetDateTime> {
        self.to.map(|day| day.midnight().assume_utc())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::{date, datetime};

    proptest! {
        #[test]
        fn ends_no_earlier_than_it_begins(a in 0i32..5_000, b in 0i32..5_000) {
            let day = |n: i32| Date::from_julian_day(2_440_588 + n).unwrap();
            prop_assert_eq!(ReportPeriod::new(Some(day(a)), Some(day(b))).is_ok(), a <= b);
        }

        #[test]
        fn days_are_read_back(n in 0i32..2_900_000) {
            let day = Date::from_julian_day(2_440_588 + n).unwrap();
            prop_assert_eq!(ReportPeriod::parse_day(&day.to_string()), Ok(day));
        }

        #[test]
        fn any_text_is_read_without_panic(raw in "\\PC{0,14}") {
            let _ = ReportPeriod::parse_day(&raw);
        }
    }

    #[test]
    fn takes_days_of_the_calendar_alone() {
        for raw in ["", "2026-02-29", "2026-13-01", "1969-12-31", "2026-3-1", "2026-03-01T00:00"] {
            assert!(ReportPeriod::parse_day(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn begins_and_ends_at_midnight() {
        let period = ReportPeriod::new(Some(date!(2026 - 03 - 01)), None).unwrap();
        assert_eq!(period.begin(), Some(datetime!(2026-03-01 0:00 UTC)));
        assert_eq!(period.end(), None);
    }
}
