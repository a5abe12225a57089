use std::collections::BTreeSet;

use super::word::{first_characters, is_unspaced, looked_up, shortened, words};

/// A title is looked up as a whole by so many of its first characters.
const TITLE: usize = 64;

/// The beginnings of words that are tokens of their own: too many words begin with so few
/// characters to look them all up.
const BEGINNINGS: std::ops::RangeInclusive<usize> = 1..=3;

/// So many places of a word are looked at for what is inside it.
const INNER_PLACES: usize = 32;

/// An inner part has so many characters at most.
const INNER: usize = 16;

/// What a movie is found by, made of its search keys.
///
/// ```
/// use reelmark_domain::TitleIndex;
/// let index = TitleIndex::of(["up here", ""]);
/// assert_eq!(index.words, ["here", "up"]);
/// assert_eq!(index.tokens, ["=up here", "h*", "he*", "her*", "here", "u*", "up", "up*"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TitleIndex {
    /// The distinct words, in order.
    pub words: Vec<String>,
    /// The distinct words, their short beginnings with a `*` behind, and the titles as a whole with
    /// a `=` in front. No search key has these signs.
    pub tokens: Vec<String>,
}

/// What a word is found by besides itself.
///
/// ```
/// use reelmark_domain::WordParts;
/// let parts = WordParts::of("alien");
/// assert_eq!(parts.endings, ["ien", "lien"]);
/// assert_eq!(parts.shortened, ["aien", "alen", "alie", "alin", "lien"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordParts {
    /// Its endings, from which a search that begins inside the word is served: of three characters
    /// and more, and of all lengths in scripts that put no blanks between words.
    pub endings: Vec<String>,
    /// The word with each letter left out once, for typos.
    pub shortened: Vec<String>,
}

impl TitleIndex {
    /// Of a movie with these search keys. Empty ones are passed over.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found = BTreeSet::new();
        let mut tokens = BTreeSet::new();
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            tokens.insert(title_token(key));
            found.extend(words(key).map(looked_up));
        }
        for word in &found {
            tokens.insert((*word).to_owned());
            tokens.extend(BEGINNINGS.filter_map(|length| beginning_token(word, length)));
        }
        Self {
            words: found.into_iter().map(str::to_owned).collect(),
            tokens: tokens.into_iter().collect(),
        }
    }
}

impl WordParts {
    /// Of a word of [`TitleIndex::words`].
    pub fn of(word: &str) -> Self {
        let places = word.char_indices().skip(1).take(INNER_PLACES);
        let inner = places.map(|(place, _)| inner(&word[place..]));
        let is_long = |part: &&str| part.chars().count() > 2 || part.starts_with(is_unspaced);
        let endings: BTreeSet<_> = inner.filter(is_long).collect();
        Self {
            endings: endings.into_iter().map(str::to_owned).collect(),
            shortened: shortened(word),
        }
    }
}

/// What of a part of a word is compared with [`WordParts::endings`].
pub(super) fn inner(part: &str) -> &str {
    first_characters(part, INNER)
}

/// Stands for all titles with this search key.
pub(super) fn title_token(key: &str) -> String {
    ["=", first_characters(key, TITLE)].concat()
}

/// Stands for all words that begin with the first characters of this one, if it has so many.
fn beginning_token(word: &str, length: usize) -> Option<String> {
    let beginning = first_characters(word, length);
    (beginning.chars().count() == length).then(|| [beginning, "*"].concat())
}

/// The token of all words that begin with `part`, if there is one.
pub(super) fn short_beginning(part: &str) -> Option<String> {
    let length = part.chars().count();
    BEGINNINGS.contains(&length).then(|| [part, "*"].concat())
}

/// How popular a movie with so many ratings is, roughly: a number that seldom changes, so that what
/// is kept in its order seldom moves. 0 without ratings, one more from 1, 4, 16, 64 … ratings on.
pub fn popularity_class(ratings: i64) -> i16 {
    let digits = ratings.max(0).checked_ilog2().map_or(0, |log| log / 2 + 1);
    i16::try_from(digits).unwrap_or(i16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn popularity_grows_with_every_factor_of_four() {
        let of = [-1, 0, 1, 3, 4, 15, 16, 63, 64, 102_929].map(popularity_class);
        assert_eq!(of, [0, 0, 1, 1, 2, 2, 3, 3, 4, 9]);
    }

    #[test]
    fn every_character_begins_a_part_where_words_are_not_spaced() {
        let parts = WordParts::of("七人の侍");
        assert_eq!(parts.endings, ["の侍", "人の侍", "侍"]);
        assert_eq!(WordParts::of("기생충").endings, Vec::<String>::new());
    }

    #[test]
    fn tokens_stay_short_whatever_the_title() {
        let index = TitleIndex::of(["x".repeat(5_000).as_str()]);
        let parts = WordParts::of(&index.words[0]);
        let all = [index.tokens, index.words, parts.endings, parts.shortened].concat();
        assert!(all.iter().all(|token| token.chars().count() <= TITLE + 1));
    }
}
