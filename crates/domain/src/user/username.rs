use crate::ValueError;
use crate::text::plain_text_traits;

/// The name people sign in with and are found by: 3 to 32 of `A–Z a–z 0–9 _ -`. Two names that
/// differ in case alone are one name.
///
/// ```
/// use reelmark_domain::Username;
/// assert_eq!(Username::parse("Ada_L")?.key(), "ada_l");
/// assert!(Username::parse("no spaces").is_err());
/// # Ok::<(), reelmark_domain::ValueError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub struct Username(String);

impl Username {
    /// The least number of characters.
    pub const MIN: usize = 3;
    /// The greatest number of characters.
    pub const MAX: usize = 32;

    /// Checks a name; it is taken as it is, nothing is trimmed.
    ///
    /// # Errors
    /// [`ValueError::TooShort`], [`ValueError::TooLong`] or [`ValueError::Malformed`].
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let actual = raw.chars().count();
        if actual < Self::MIN {
            return Err(ValueError::TooShort { min: Self::MIN, actual });
        }
        if actual > Self::MAX {
            return Err(ValueError::TooLong { max: Self::MAX, actual });
        }
        if !raw.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-') {
            return Err(ValueError::Malformed { expected: "made of A-Z, a-z, 0-9, _ and - alone" });
        }
        Ok(Self(raw.to_owned()))
    }

    /// The name as its owner writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What makes it unique: the name in lower case.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

plain_text_traits!(Username);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_3_to_32_allowed_characters(raw in "[A-Za-z0-9_-]{0,40}") {
            prop_assert_eq!(Username::parse(&raw).is_ok(), (3..=32).contains(&raw.len()));
        }

        #[test]
        fn refuses_every_other_character(c in "[^A-Za-z0-9_-]") {
            let raw = format!("ab{c}cd");
            prop_assert!(Username::parse(&raw).is_err());
        }

        #[test]
        fn case_is_not_part_of_the_key(raw in "[A-Za-z0-9_-]{3,32}") {
            let upper = Username::parse(&raw.to_uppercase()).unwrap();
            prop_assert_eq!(upper.key(), Username::parse(&raw).unwrap().key());
        }
    }
}
