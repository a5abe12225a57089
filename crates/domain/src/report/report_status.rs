use crate::ValueError;
use crate::text::plain_text_traits;

/// How far a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum ReportStatus {
    /// Nobody works on it yet.
    Queued,
    /// Somebody works on it.
    Running,
    /// Its result is there.
    Done,
    /// There will be no result.
    Failed,
}

impl ReportStatus {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Queued, Self::Running, Self::Done, Self::Failed];

    /// Reads its name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `queued`, `running`, `done`, `failed`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_str() == raw)
            .ok_or(ValueError::Malformed { expected: "one of queued, running, done, failed" })
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }
}

plain_text_traits!(ReportStatus);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_the_four_names_alone(raw in "[a-z]{0,9}") {
            let known = ["queued", "running", "done", "failed"].contains(&raw.as_str());
            prop_assert_eq!(ReportStatus::parse(&raw).is_ok(), known);
        }
    }

    #[test]
    fn names_are_read_back() {
        assert!(ReportStatus::ALL.iter().all(|one| ReportStatus::parse(one.as_str()) == Ok(*one)));
    }
}
