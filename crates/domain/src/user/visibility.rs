use crate::ValueError;
use crate::text::plain_text_traits;

/// Who may see a profile and the ratings that belong to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum Visibility {
    /// Everybody.
    #[default]
    Public,
    /// Its owner alone. The scores still count towards the movies' summaries, without a name.
    Private,
}

impl Visibility {
    /// Reads a visibility's name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `public` and `private`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        match raw {
            "public" => Ok(Self::Public),
            "private" => Ok(Self::Private),
            _ => Err(ValueError::Malformed { expected: "one of public, private" }),
        }
    }

    /// The visibility's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Private => "private",
        }
    }
}

plain_text_traits!(Visibility);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_the_two_names_alone(raw in "(public|private|[a-z]{0,8})") {
            let known = raw == "public" || raw == "private";
            prop_assert_eq!(Visibility::parse(&raw).map(|v| v.as_str().to_owned()).ok(), known.then_some(raw));
        }
    }
}
