use std::collections::HashSet;

use super::search_key;
use crate::ValueError;
use crate::text::text_value;

text_value! {
    /// A genre as a person would write it: 1 to 40 characters, such as "Drama" or "Film noir".
    Genre, max 40, OneLine
}

impl Genre {
    /// What two spellings of one genre share: "film noir" for "Film-Noir".
    pub fn key(&self) -> String {
        search_key(self.as_str())
    }
}

/// The genres of one movie, in the order given: at most 20, none twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Genres(Vec<Genre>);

impl Genres {
    /// The greatest number of genres of one movie.
    pub const MAX: usize = 20;

    /// Checks a list of genres.
    ///
    /// # Errors
    /// [`ValueError::TooMany`] above [`Self::MAX`], [`ValueError::Repeated`] when two of them have
    /// the same [`Genre::key`].
    pub fn new(genres: Vec<Genre>) -> Result<Self, ValueError> {
        if genres.len() > Self::MAX {
            return Err(ValueError::TooMany { max: Self::MAX, actual: genres.len() });
        }
        let mut seen = HashSet::new();
        if !genres.iter().all(|genre| seen.insert(genre.key())) {
            return Err(ValueError::Repeated);
        }
        Ok(Self(genres))
    }

    /// The genres in order.
    pub fn as_slice(&self) -> &[Genre] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn genres(names: &[&str]) -> Result<Genres, ValueError> {
        Genres::new(names.iter().map(|n| Genre::parse(n)).collect::<Result<_, _>>()?)
    }

    proptest! {
        #[test]
        fn takes_up_to_20_distinct_genres(count in 0usize..40) {
            let names: Vec<_> = (0..count).map(|n| format!("Genre {n}")).collect();
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            prop_assert_eq!(genres(&names).is_ok(), count <= 20);
        }

        #[test]
        fn case_never_makes_a_second_genre(name in "[a-z]{1,20}") {
            prop_assert_eq!(genres(&[&name, &name.to_uppercase()]), Err(ValueError::Repeated));
        }
    }

    #[test]
    fn punctuation_never_makes_a_second_genre() {
        assert_eq!(genres(&["Sci-Fi", "sci fi"]), Err(ValueError::Repeated));
    }
}
