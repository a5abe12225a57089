use crate::ValueError;
use crate::text::text_value;

text_value! {
    /// The name of a person as shown in credits: 1 to 120 characters.
    PersonName, max 120, OneLine
}

/// Who directed a movie, in the order of the credits: at most 50, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Directors(Vec<PersonName>);

impl Directors {
    /// The greatest number of directors of one movie.
    pub const MAX: usize = 50;

    /// Checks a list of names.
    ///
    /// # Errors
    /// [`ValueError::TooMany`] above [`Self::MAX`], [`ValueError::Repeated`] for a name given twice.
    pub fn new(names: Vec<PersonName>) -> Result<Self, ValueError> {
        if names.len() > Self::MAX {
            return Err(ValueError::TooMany { max: Self::MAX, actual: names.len() });
        }
        let distinct: std::collections::HashSet<_> = names.iter().collect();
        if distinct.len() != names.len() {
            return Err(ValueError::Repeated);
        }
        Ok(Self(names))
    }

    /// The names in order.
    pub fn as_slice(&self) -> &[PersonName] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_up_to_50_distinct_names(count in 0usize..80) {
            let names = (0..count).map(|n| PersonName::parse(&format!("Name {n}")).unwrap());
            prop_assert_eq!(Directors::new(names.collect()).is_ok(), count <= 50);
        }

        #[test]
        fn refuses_a_name_given_twice(name in "[A-Z][a-z]{1,20}") {
            let name = PersonName::parse(&name).unwrap();
            prop_assert_eq!(Directors::new(vec![name.clone(), name]), Err(ValueError::Repeated));
        }
    }
}
