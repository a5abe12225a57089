use reelmark_domain::ValueError;

/// The name of a set of files: 1 to 40 of `a–z 0–9 . _ -`.
///
/// Raters and movies of a set keep their numbers from one import to the next, so two sets of
/// different people must not share a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportSetName(String);

impl ImportSetName {
    /// The greatest number of characters.
    pub const MAX: usize = 40;

    /// Checks a name.
    ///
    /// # Errors
    /// [`ValueError::TooShort`], [`ValueError::TooLong`] or [`ValueError::Malformed`].
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let actual = raw.chars().count();
        if actual == 0 {
            return Err(ValueError::TooShort { min: 1, actual });
        }
        if actual > Self::MAX {
            return Err(ValueError::TooLong { max: Self::MAX, actual });
        }
        if !raw.bytes().all(is_allowed) {
            return Err(ValueError::Malformed { expected: "made of a-z, 0-9, ., _ and - alone" });
        }
        Ok(Self(raw.to_owned()))
    }

    /// The name of a file or a folder, with hyphens for what no name has.
    ///
    /// # Errors
    /// [`ValueError::TooShort`] when there is nothing to make a name of.
    pub fn resembling(raw: &str) -> Result<Self, ValueError> {
        let lower = raw.to_lowercase();
        let tidy = lower.chars().map(|c| if c.is_ascii() && is_allowed(c as u8) { c } else { '-' });
        Self::parse(&tidy.take(Self::MAX).collect::<String>())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_allowed(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"._-".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_short_plain_name_alone() {
        assert_eq!(ImportSetName::parse("ml-32m").unwrap().as_str(), "ml-32m");
        for wrong in ["", "ML", "a b", "a:b", "é", &"a".repeat(41)] {
            assert!(ImportSetName::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn makes_a_name_of_a_folder() {
        let name = |raw: &str| ImportSetName::resembling(raw).map(|name| name.as_str().to_owned());
        assert_eq!(name("ml-latest small"), Ok("ml-latest-small".into()));
        assert_eq!(name("ML_Été"), Ok("ml_-t-".into()));
        assert_eq!(name(&"a".repeat(99)), Ok("a".repeat(40)));
        assert!(name("").is_err());
    }
}
