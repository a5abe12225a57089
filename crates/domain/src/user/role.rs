use crate::ValueError;
use crate::text::plain_text_traits;

/// What somebody may do beyond looking; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum Role {
    /// Adds movies and rates them.
    #[default]
    Member,
    /// Looks after the catalogue: edits and removes movies.
    Curator,
    /// Looks after the service: gives out roles.
    Admin,
}

impl Role {
    /// All roles, least first.
    pub const ALL: [Self; 3] = [Self::Member, Self::Curator, Self::Admin];

    /// Reads a role's name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `member`, `curator`, `admin`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == raw)
            .ok_or(ValueError::Malformed { expected: "one of member, curator, admin" })
    }

    /// The role's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Curator => "curator",
            Self::Admin => "admin",
        }
    }
}

plain_text_traits!(Role);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_the_three_names_alone(raw in "[a-z]{0,8}") {
            let known = ["member", "curator", "admin"].contains(&raw.as_str());
            prop_assert_eq!(Role::parse(&raw).is_ok(), known);
        }
    }

    #[test]
    fn names_are_read_back() {
        assert!(Role::ALL.iter().all(|role| Role::parse(role.as_str()) == Ok(*role)));
    }
}
