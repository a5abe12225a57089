use crate::ValueError;
use crate::value_error::in_range;

/// The year a movie came out or is going to: 1870 to ten years from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ReleaseYear(i32);

impl ReleaseYear {
    /// Before this year nobody had a camera.
    pub const MIN: i32 = 1870;
    /// How many years ahead a movie can be announced.
    pub const YEARS_AHEAD: i32 = 10;

    /// Checks `raw` against the calendar of `this_year`.
    ///
    /// # Errors
    /// [`ValueError::OutOfRange`] before 1870 and after `this_year` + 10.
    pub fn parse(raw: i64, this_year: i32) -> Result<Self, ValueError> {
        let max = i64::from(this_year) + i64::from(Self::YEARS_AHEAD);
        Self::checked(raw, max)
    }

    /// Takes a year that was checked when it was stored; a year once allowed stays allowed.
    ///
    /// # Errors
    /// [`ValueError::OutOfRange`] before 1870 and after 9999.
    pub fn from_stored(raw: i64) -> Result<Self, ValueError> {
        Self::checked(raw, 9999)
    }

    fn checked(raw: i64, max: i64) -> Result<Self, ValueError> {
        let year = in_range(raw, i64::from(Self::MIN), max)?;
        // The range above lies within i32, whatever the calendar says.
        i32::try_from(year).map(Self).map_err(|_| ValueError::OutOfRange {
            min: Self::MIN.into(),
            max,
            actual: raw,
        })
    }

    /// The plain year.
    pub fn get(self) -> i32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_1870_to_ten_years_ahead(raw in 1000i64..3000, this_year in 2020i32..2100) {
            let ok = raw >= 1870 && raw <= i64::from(this_year) + 10;
            prop_assert_eq!(ReleaseYear::parse(raw, this_year).is_ok(), ok);
        }
    }

    #[test]
    fn names_the_range() {
        let error = ReleaseYear::parse(1869, 2026).map_err(|e| e.to_string());
        assert_eq!(error, Err("must be between 1870 and 2036, is 1869".into()));
    }
}
