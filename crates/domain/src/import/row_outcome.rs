use crate::ValueError;
use crate::text::plain_text_traits;

/// What became of one row of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum RowOutcome {
    /// The rating was stored.
    Imported,
    /// The rating that was here stays as it is.
    Unchanged,
    /// Several movies may be meant, or one that isn't sure enough.
    Ambiguous,
    /// No movie of the catalogue is meant.
    Unmatched,
    /// The row breaks a rule.
    Invalid,
    /// The row is about something that isn't imported.
    Skipped,
}

impl RowOutcome {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Imported,
        Self::Unchanged,
        Self::Ambiguous,
        Self::Unmatched,
        Self::Invalid,
        Self::Skipped,
    ];

    /// Reads its name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything that is no name of [`Self::ALL`].
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let expected = "one of imported, unchanged, ambiguous, unmatched, invalid, skipped";
        let known = Self::ALL.into_iter().find(|known| known.as_str() == raw);
        known.ok_or(ValueError::Malformed { expected })
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Imported => "imported",
            Self::Unchanged => "unchanged",
            Self::Ambiguous => "ambiguous",
            Self::Unmatched => "unmatched",
            Self::Invalid => "invalid",
            Self::Skipped => "skipped",
        }
    }
}

plain_text_traits!(RowOutcome);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_no_other_name(raw in "[a-z]{0,9}") {
            let known = RowOutcome::ALL.iter().any(|one| one.as_str() == raw);
            prop_assert_eq!(RowOutcome::parse(&raw).is_ok(), known);
        }
    }

    #[test]
    fn names_are_read_back() {
        assert!(RowOutcome::ALL.iter().all(|one| RowOutcome::parse(one.as_str()) == Ok(*one)));
    }
}
