use crate::ValueError;
use crate::text::plain_text_traits;

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum ImportStatus {
    /// Nobody works on it at the moment.
    Queued,
    /// Somebody works on it.
    Running,
    /// Every row of the file has an outcome.
    Done,
    /// The file could not be read to its end.
    Failed,
    /// What it did was taken back.
    Undone,
}

impl ImportStatus {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Queued, Self::Running, Self::Done, Self::Failed, Self::Undone];

    /// Reads its name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `queued`, `running`, `done`, `failed`, `undone`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let expected = "one of queued, running, done, failed, undone";
        let known = Self::ALL.into_iter().find(|known| known.as_str() == raw);
        known.ok_or(ValueError::Malformed { expected })
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Undone => "undone",
        }
    }

    /// Whether something is still going to happen by itself.
    pub fn is_unfinished(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

plain_text_traits!(ImportStatus);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_the_five_names_alone(raw in "[a-z]{0,9}") {
            let known = ["queued", "running", "done", "failed", "undone"].contains(&raw.as_str());
            prop_assert_eq!(ImportStatus::parse(&raw).is_ok(), known);
        }
    }

    #[test]
    fn names_are_read_back() {
        assert!(ImportStatus::ALL.iter().all(|one| ImportStatus::parse(one.as_str()) == Ok(*one)));
    }
}
