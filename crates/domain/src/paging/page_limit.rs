use crate::ValueError;
use crate::value_error::in_range;

/// How many items a page holds: 1 to 100, 20 unless asked otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PageLimit(u8);

impl PageLimit {
    /// The greatest page.
    pub const MAX: i64 = 100;
    /// The page nobody asked to be different.
    pub const DEFAULT: Self = Self(20);

    /// Checks a limit; what is out of range is refused and never clamped.
    ///
    /// # Errors
    /// [`ValueError::OutOfRange`] outside 1 to 100.
    pub fn parse(raw: i64) -> Result<Self, ValueError> {
        let limit = in_range(raw, 1, Self::MAX)?;
        u8::try_from(limit).map(Self).map_err(|_| ValueError::OutOfRange {
            min: 1,
            max: Self::MAX,
            actual: raw,
        })
    }

    /// The number of items.
    pub fn get(self) -> usize {
        self.0.into()
    }
}

impl Default for PageLimit {
    fn default() -> Self {
        Self::DEFAULT
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_1_to_100(raw in -200i64..300) {
            prop_assert_eq!(PageLimit::parse(raw).is_ok(), (1..=100).contains(&raw));
        }
    }
}
