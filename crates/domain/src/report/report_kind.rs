use crate::ValueError;
use crate::text::plain_text_traits;

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum ReportKind {
    /// One movie's ratings.
    Movie,
    /// One user's ratings.
    User,
    /// All movies and all ratings.
    Catalogue,
}

impl ReportKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Movie, Self::User, Self::Catalogue];

    /// Reads its name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `movie`, `user`, `catalogue`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        Self::ALL
            .into_iter()
            .find(|known| known.as_str() == raw)
            .ok_or(ValueError::Malformed { expected: "one of movie, user, catalogue" })
    }

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Movie => "movie",
            Self::User => "user",
            Self::Catalogue => "catalogue",
        }
    }
}

plain_text_traits!(ReportKind);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_the_three_names_alone(raw in "[a-z]{0,9}") {
            let known = ["movie", "user", "catalogue"].contains(&raw.as_str());
            prop_assert_eq!(ReportKind::parse(&raw).is_ok(), known);
        }
    }

    #[test]
    fn names_are_read_back() {
        assert!(ReportKind::ALL.iter().all(|one| ReportKind::parse(one.as_str()) == Ok(*one)));
    }
}
