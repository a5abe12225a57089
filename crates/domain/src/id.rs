use crate::ValueError;
use crate::value_error::in_range;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(transparent))]
        pub struct $name(i64);

        impl $name {
            /// Takes an id that a store gave out, or one from the outside: a positive number.
            ///
            /// # Errors
            /// [`ValueError::OutOfRange`] for zero and below.
            pub fn parse(raw: i64) -> Result<Self, ValueError> {
                in_range(raw, 1, i64::MAX).map(Self)
            }

            /// The plain number.
            pub fn get(self) -> i64 {
                self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id! {
    /// Names one movie.
    MovieId
}

id! {
    /// Names one user.
    UserId
}

id! {
    /// Names one sign-in of a user on one device.
    SessionId
}

id! {
    /// Names one report that somebody asked for.
    ReportId
}

id! {
    /// Names one import of somebody's ratings.
    ImportId
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_positive_numbers_alone(raw: i64) {
            prop_assert_eq!(MovieId::parse(raw).is_ok(), raw > 0);
            prop_assert_eq!(UserId::parse(raw).map(UserId::get).ok(), (raw > 0).then_some(raw));
        }
    }
}
