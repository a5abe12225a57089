use super::title_index::{inner, short_beginning, title_token};
use super::title_search::{Probe, ProbeKind, range, single};
use super::word::{is_unspaced, looked_up, words};

/// How much of what is looked up is looked at for suggestions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SuggestBounds {
    /// The movies of one word, of a short beginning or of a title as a whole.
    pub of_word: usize,
    /// The words found by one range, in the order of the range.
    pub similar_words: usize,
    /// The movies of one such word.
    pub of_similar_word: usize,
}

/// The bounds of suggestions. Somebody who types asks again with every letter, so they are tighter
/// than those of a search.
pub const SUGGEST_BOUNDS: SuggestBounds =
    SuggestBounds { of_word: 100, similar_words: 20, of_similar_word: 20 };

/// What somebody has typed of a title so far: what to look up for suggestions, and which of the
/// movies found there complete it.
///
/// Only beginnings of words are looked up, and in scripts that put no blanks between words any
/// part: what is mistyped is left to a search.
#[derive(Clone, Debug)]
pub struct TypedTitle {
    key: String,
    words: Vec<String>,
}

impl TypedTitle {
    /// Of a search key, which is not empty.
    pub fn of(key: &str) -> Self {
        Self { key: key.to_owned(), words: words(key).map(str::to_owned).collect() }
    }

    /// What to look up: the title as a whole, the last word as far as it is typed, and the longest
    /// of the others.
    pub fn probes(&self) -> Vec<Probe> {
        let mut probes = vec![single(0, ProbeKind::Title, title_token(&self.key))];
        let Some((last, others)) = self.words.split_last() else {
            return probes;
        };
        let longest = others.iter().max_by_key(|word| word.chars().count());
        probes.extend(longest.map(|word| single(0, ProbeKind::Word, looked_up(word).to_owned())));
        let last = looked_up(last);
        match short_beginning(last) {
            Some(beginning) => probes.push(single(0, ProbeKind::ShortBeginning, beginning)),
            None => {
                probes.push(single(0, ProbeKind::Word, last.to_owned()));
                probes.push(range(0, ProbeKind::Beginning, last));
            }
        }
        if last.starts_with(is_unspaced) {
            probes.push(range(0, ProbeKind::Inside, inner(last)));
        }
        probes
    }

    /// Where a movie with these search keys belongs, if it is to be suggested: false, which sorts
    /// first, when one of its titles was typed as a whole, and true when one
    /// [completes](Self::is_completed_by) what was.
    pub fn place<'a>(&self, keys: impl IntoIterator<Item = &'a str>) -> Option<bool> {
        let found = keys.into_iter().filter(|key| self.is_completed_by(key));
        found.map(|key| key != self.key).min()
    }

    /// Whether a title with this search key completes what was typed: each typed word begins one of
    /// its words.
    pub fn is_completed_by(&self, key: &str) -> bool {
        self.words.iter().all(|typed| {
            let is_inside = typed.starts_with(is_unspaced);
            words(key).any(|word| {
                word.starts_with(typed.as_str()) || (is_inside && word.contains(typed.as_str()))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TitleIndex, WordParts, search_key};
    use proptest::prelude::*;

    /// Whether what is to be looked up leads to a movie with this key.
    fn leads_to(typed: &TypedTitle, key: &str) -> bool {
        let index = TitleIndex::of([key]);
        let is_in = |probe: &Probe, text: &String| *text >= probe.low && *text < probe.high;
        typed.probes().iter().any(|probe| match probe.kind {
            ProbeKind::Beginning => index.words.iter().any(|word| is_in(probe, word)),
            ProbeKind::Inside => {
                let parts = index.words.iter().flat_map(|word| WordParts::of(word).endings);
                parts.into_iter().any(|ending| is_in(probe, &ending))
            }
            _ => index.tokens.contains(&probe.low),
        })
    }

    proptest! {
        #[test]
        fn what_is_looked_up_leads_to_every_completion(
            typed in "[a-c侍の]{1,6}( [a-c]{1,5}){0,2}",
            title in "[a-c侍の]{1,8}( [a-c]{1,6}){0,2}",
        ) {
            let (typed, key) = (TypedTitle::of(&search_key(&typed)), search_key(&title));
            if typed.is_completed_by(&key) {
                prop_assert!(leads_to(&typed, &key), "{:?} in {:?}", typed, key);
            }
        }

        #[test]
        fn every_beginning_of_a_title_is_completed_by_it(title in "[a-z]{1,8}( [a-z]{1,8}){0,3}") {
            for (end, _) in title.char_indices().skip(1) {
                let typed = search_key(&title[..end]);
                prop_assert!(TypedTitle::of(&typed).is_completed_by(&title), "{:?}", typed);
            }
        }
    }

    #[test]
    fn every_typed_word_begins_one_of_the_title() {
        let completes = |typed, title| TypedTitle::of(typed).is_completed_by(title);
        assert!(completes("matr", "the matrix") && completes("matrix th", "the matrix"));
        assert!(completes("千尋", "千と千尋の神隠し"));
        assert!(!completes("atrix", "the matrix") && !completes("matrix x", "the matrix"));
        let place = |keys: [&'static str; 2]| TypedTitle::of("up").place(keys);
        assert_eq!(place(["oben", "up"]), Some(false));
        assert_eq!((place(["up 2", ""]), place(["oben", ""])), (Some(true), None));
    }
}
