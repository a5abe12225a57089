use crate::ValueError;
use crate::text::plain_text_traits;
use crate::value_error::in_range;

/// An IMDb title id: `tt` and 7 to 10 digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub struct ImdbId(String);

impl ImdbId {
    /// Checks the form; whether IMDb knows the id is not asked.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `tt` and 7 to 10 digits.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let is_id = raw.strip_prefix("tt").is_some_and(|digits| {
            (7..=10).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
        });
        if is_id {
            Ok(Self(raw.to_owned()))
        } else {
            Err(ValueError::Malformed { expected: "tt followed by 7 to 10 digits" })
        }
    }

    /// Reads the number of an id, which other catalogues write without `tt` and sometimes without
    /// the leading zeros; an id with `tt` is taken too.
    ///
    /// ```
    /// use reelmark_domain::ImdbId;
    /// assert_eq!(ImdbId::from_number("114709")?.as_str(), "tt0114709");
    /// # Ok::<(), reelmark_domain::ValueError>(())
    /// ```
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but 1 to 10 digits, not all of them zeros.
    pub fn from_number(raw: &str) -> Result<Self, ValueError> {
        let number = raw.strip_prefix("tt").unwrap_or(raw);
        let is_number = !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
        match is_number && number.bytes().any(|b| b != b'0') {
            true => Self::parse(&format!("tt{number:0>7}")),
            false => Err(ValueError::Malformed { expected: "an IMDb id of 1 to 10 digits" }),
        }
    }

    /// The id as IMDb writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

plain_text_traits!(ImdbId);

macro_rules! numeric_external_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        pub struct $name(i64);

        impl $name {
            /// Checks that the id is positive and has no more than 32 bits.
            ///
            /// # Errors
            /// [`ValueError::OutOfRange`] outside 1 to 2³¹ − 1.
            pub fn parse(raw: i64) -> Result<Self, ValueError> {
                in_range(raw, 1, i64::from(i32::MAX)).map(Self)
            }

            /// The plain number.
            pub fn get(self) -> i64 {
                self.0
            }
        }
    };
}

numeric_external_id! {
    /// A movie's id at The Movie Database.
    TmdbId
}

numeric_external_id! {
    /// A movie's id in the MovieLens data sets.
    MovieLensId
}

/// What other catalogues call a movie; each of these names at most one movie of ours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternalIds {
    /// IMDb's id.
    pub imdb: Option<ImdbId>,
    /// The Movie Database's id.
    pub tmdb: Option<TmdbId>,
    /// MovieLens' id.
    pub movielens: Option<MovieLensId>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_tt_and_7_to_10_digits(digits in "[0-9]{1,14}") {
            let ok = (7..=10).contains(&digits.len());
            prop_assert_eq!(ImdbId::parse(&format!("tt{digits}")).is_ok(), ok);
            prop_assert!(ImdbId::parse(&digits).is_err());
        }

        #[test]
        fn takes_positive_32_bit_numbers(raw: i64) {
            let ok = (1..=i64::from(i32::MAX)).contains(&raw);
            prop_assert_eq!(TmdbId::parse(raw).is_ok(), ok);
            prop_assert_eq!(MovieLensId::parse(raw).is_ok(), ok);
        }
    }

    #[test]
    fn refuses_digits_of_other_scripts() {
        assert!(ImdbId::parse("tt٠١٢٣٤٥٦").is_err());
    }
}
