use thiserror::Error;

/// Why a raw value can't become a value object.
///
/// The text of each variant is a predicate ("must …"), so that the name of the field or of the type
/// reads well in front of it; [`ValueError::code`] is its stable, machine-readable twin.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueError {
    /// Nothing is left after trimming.
    #[error("must not be blank")]
    Blank,
    /// Fewer characters than the rule asks for.
    #[error("must have at least {min} characters, has {actual}")]
    TooShort {
        /// The least number of characters allowed.
        min: usize,
        /// The number of characters found.
        actual: usize,
    },
    /// More characters than the rule allows.
    #[error("must have at most {max} characters, has {actual}")]
    TooLong {
        /// The greatest number of characters allowed.
        max: usize,
        /// The number of characters found.
        actual: usize,
    },
    /// More bytes of UTF-8 than the rule allows.
    #[error("must have at most {max} bytes in UTF-8, has {actual}")]
    TooManyBytes {
        /// The greatest number of bytes allowed.
        max: usize,
        /// The number of bytes found.
        actual: usize,
    },
    /// A control character, such as NUL or a line break in a one-line text.
    #[error("must not contain control characters")]
    ControlCharacter,
    /// A number outside its range.
    #[error("must be between {min} and {max}, is {actual}")]
    OutOfRange {
        /// The least value allowed.
        min: i64,
        /// The greatest value allowed.
        max: i64,
        /// The value found.
        actual: i64,
    },
    /// More items than the list may hold.
    #[error("must have at most {max} items, has {actual}")]
    TooMany {
        /// The greatest number of items allowed.
        max: usize,
        /// The number of items found.
        actual: usize,
    },
    /// The same item twice in a list of distinct items.
    #[error("must not repeat an item")]
    Repeated,
    /// A text of the wrong form.
    #[error("must be {expected}")]
    Malformed {
        /// What the text has to look like.
        expected: &'static str,
    },
    /// A password that stands in every attacker's list.
    #[error("must not be a commonly used password")]
    CommonPassword,
    /// A password that a program guesses soon, because it is made of words, names, dates or
    /// repetitions.
    #[error("must be harder to guess; more words, or rarer ones, help")]
    TooGuessable,
    /// A password with the name of its owner in it, which is what an attacker tries first.
    #[error("must not contain the username or a part of the e-mail address")]
    ContainsOwnName,
    /// A password with the name of this service in it.
    #[error("must not contain the name of the service")]
    ContainsProductName,
    /// A time that has not come yet.
    #[error("must not lie in the future")]
    InFuture,
    /// Counts that contradict each other.
    #[error("must not take away a rating that was never counted")]
    Underflow,
}

impl ValueError {
    /// The stable code of the rule that was broken, in snake case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::TooManyBytes { .. } => "too_many_bytes",
            Self::ControlCharacter => "control_character",
            Self::OutOfRange { .. } => "out_of_range",
            Self::TooMany { .. } => "too_many",
            Self::Repeated => "repeated",
            Self::Malformed { .. } => "malformed",
            Self::CommonPassword => "common_password",
            Self::TooGuessable => "too_guessable",
            Self::ContainsOwnName => "contains_own_name",
            Self::ContainsProductName => "contains_product_name",
            Self::InFuture => "in_future",
            Self::Underflow => "underflow",
        }
    }
}

/// Checks `actual` against an inclusive range.
pub(crate) fn in_range(actual: i64, min: i64, max: i64) -> Result<i64, ValueError> {
    if (min..=max).contains(&actual) {
        Ok(actual)
    } else {
        Err(ValueError::OutOfRange { min, max, actual })
    }
}
