use super::Visibility;
use crate::text::text_value;

text_value! {
    /// The name shown beside somebody's ratings: 1 to 80 characters.
    DisplayName, max 80, OneLine
}

text_value! {
    /// What somebody says about themself: 1 to 1,000 characters, line breaks allowed.
    Bio, max 1000, Paragraphs
}

/// The part of an account that its owner edits freely.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name shown; the username serves when there is none.
    pub display_name: Option<DisplayName>,
    /// A few words about its owner.
    pub bio: Option<Bio>,
    /// Who may see it.
    pub visibility: Visibility,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lengths_are_bounded(count in 1usize..1200) {
            let raw = "ü".repeat(count);
            prop_assert_eq!(DisplayName::parse(&raw).is_ok(), count <= 80);
            prop_assert_eq!(Bio::parse(&raw).is_ok(), count <= 1000);
        }
    }
}
