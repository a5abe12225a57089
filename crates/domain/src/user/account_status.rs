use crate::ValueError;
use crate::text::plain_text_traits;

/// Whether an account can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub enum AccountStatus {
    /// Its e-mail address was not confirmed yet.
    Pending,
    /// It can be used.
    #[default]
    Active,
    /// An operator has closed it.
    Disabled,
}

impl AccountStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Active, Self::Disabled];

    /// Reads a status' name.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything but `pending`, `active`, `disabled`.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        Self::ALL
            .into_iter()
            .find(|status| status.as_str() == raw)
            .ok_or(ValueError::Malformed { expected: "one of pending, active, disabled" })
    }

    /// The status' name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }
}

plain_text_traits!(AccountStatus);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_the_three_names_alone(raw in "(pending|active|disabled|[a-z]{0,8})") {
            let known = ["pending", "active", "disabled"].contains(&raw.as_str());
            prop_assert_eq!(AccountStatus::parse(&raw).is_ok(), known);
        }
    }

    #[test]
    fn names_are_read_back() {
        let mut all = AccountStatus::ALL.iter();
        assert!(all.all(|status| AccountStatus::parse(status.as_str()) == Ok(*status)));
    }
}
