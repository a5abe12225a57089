use std::collections::HashSet;

use super::Title;
use crate::ValueError;

/// What else a movie is called, besides its title and its original one: at most 50 titles, none
/// equal to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AlternativeTitles(Vec<Title>);

impl AlternativeTitles {
    /// The greatest number of alternative titles of one movie.
    pub const MAX: usize = 50;

    /// Checks a list of titles.
    ///
    /// # Errors
    /// [`ValueError::TooMany`] above [`Self::MAX`], [`ValueError::Repeated`] for a title given
    /// twice.
    pub fn new(titles: Vec<Title>) -> Result<Self, ValueError> {
        if titles.len() > Self::MAX {
            return Err(ValueError::TooMany { max: Self::MAX, actual: titles.len() });
        }
        let distinct: HashSet<_> = titles.iter().collect();
        if distinct.len() != titles.len() {
            return Err(ValueError::Repeated);
        }
        Ok(Self(titles))
    }

    /// The titles in order.
    pub fn as_slice(&self) -> &[Title] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn titles(texts: &[String]) -> Result<AlternativeTitles, ValueError> {
        AlternativeTitles::new(texts.iter().map(|t| Title::parse(t)).collect::<Result<_, _>>()?)
    }

    proptest! {
        #[test]
        fn takes_up_to_50_distinct_titles(count in 0usize..100) {
            let texts: Vec<_> = (0..count).map(|n| format!("Title {n}")).collect();
            prop_assert_eq!(titles(&texts).is_ok(), count <= 50);
        }
    }

    #[test]
    fn no_title_counts_twice() {
        assert_eq!(titles(&["Up".into(), " Up ".into()]), Err(ValueError::Repeated));
        assert!(titles(&["Up".into(), "UP".into()]).is_ok());
    }
}
