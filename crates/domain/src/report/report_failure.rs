use crate::ValueError;
use crate::text::plain_text_traits;

/// Why there is no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum ReportFailure {
    /// What it was to be about is not there any more.
    SubjectGone,
    /// There was too much to look at, again and again.
    TookTooLong,
    /// Something went wrong on our side.
    Internal,
}

impl ReportFailure {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::SubjectGone, Self::TookTooLong, Self::Internal];

    /// Reads its name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `subject_gone`, `took_too_long`, `internal_error`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        Self::ALL.into_iter().find(|known| known.as_str() == raw).ok_or(ValueError::Malformed {
            expected: "one of subject_gone, took_too_long, internal_error",
        })
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SubjectGone => "subject_gone",
            Self::TookTooLong => "took_too_long",
            Self::Internal => "internal_error",
        }
    }
}

plain_text_traits!(ReportFailure);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_the_three_names_alone(raw in "[a-z_]{0,14}") {
            let known = ["subject_gone", "took_too_long", "internal_error"].contains(&raw.as_str());
            prop_assert_eq!(ReportFailure::parse(&raw).is_ok(), known);
        }
    }

    #[test]
    fn names_are_read_back() {
        assert!(
            ReportFailure::ALL.iter().all(|one| ReportFailure::parse(one.as_str()) == Ok(*one))
        );
    }
}
