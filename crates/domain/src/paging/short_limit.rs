use crate::ValueError;
use crate::value_error::in_range;

/// How many items a list without pages holds: 1 to `MAX`, `DEFAULT` unless asked otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ShortLimit<const MAX: u8, const DEFAULT: u8>(u8);

impl<const MAX: u8, const DEFAULT: u8> ShortLimit<MAX, DEFAULT> {
    /// The longest list.
    pub const MAX: i64 = MAX as i64;
    /// The list nobody asked to be different.
    pub const DEFAULT: Self = Self(DEFAULT);

    /// Checks a limit; what is out of range is refused and never clamped.
    ///
    /// # Errors
    /// [`ValueError::OutOfRange`] outside 1 to `MAX`.
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

impl<const MAX: u8, const DEFAULT: u8> Default for ShortLimit<MAX, DEFAULT> {
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
        fn takes_1_to_its_greatest(raw in -200i64..300) {
            let limit = ShortLimit::<20, 10>::parse(raw).map(ShortLimit::get);
            prop_assert_eq!(limit.is_ok(), (1..=20).contains(&raw));
            prop_assert_eq!(ShortLimit::<20, 10>::default().get(), 10);
        }
    }
}
