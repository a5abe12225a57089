use crate::ValueError;
use crate::value_error::in_range;

/// How long a movie runs, in whole minutes: 1 to 60,000 (the longest known one has 51,420).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Runtime(i32);

impl Runtime {
    /// The greatest number of minutes.
    pub const MAX: i64 = 60_000;

    /// Checks a number of minutes.
    ///
    /// # Errors
    /// [`ValueError::OutOfRange`] outside 1 to [`Self::MAX`].
    pub fn parse(minutes: i64) -> Result<Self, ValueError> {
        let minutes = in_range(minutes, 1, Self::MAX)?;
        i32::try_from(minutes).map(Self).map_err(|_| ValueError::OutOfRange {
            min: 1,
            max: Self::MAX,
            actual: minutes,
        })
    }

    /// The number of minutes.
    pub fn minutes(self) -> i32 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_1_to_60000_minutes(raw: i64) {
            prop_assert_eq!(Runtime::parse(raw).is_ok(), (1..=60_000).contains(&raw));
        }
    }
}
