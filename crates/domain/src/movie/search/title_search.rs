use std::collections::BTreeSet;

use super::search_key::trigrams_of_word;
use super::title_index::{inner, short_beginning, title_token};
use super::word::{differs_by_a_typo, is_sought_inside, looked_up, shortened, words};

/// So many words of a search are looked up. All count for the match.
const LOOKED_UP_WORDS: usize = 16;

/// Greater than every character that a text can go on with.
const LAST: &str = "\u{10FFFF}";

/// What people typed, taken apart: what to look up to find movies that may match, and how well each
/// of them does.
#[derive(Clone, Debug)]
pub struct TitleSearch {
    key: String,
    key_inside: String,
    words: Vec<(String, Vec<char>)>,
    trigrams: Vec<[char; 3]>,
}

/// How well a title matches; the smallest is the best match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TitleMatch {
    /// 0 when a search key of the movie equals what is searched for, 1 when it starts with it, 2
    /// when it has it at the start of a word, 3 when it contains it, 4 when it resembles it.
    pub tier: i64,
    /// How many of the search's trigrams the movie lacks.
    pub missing: i64,
}

/// One thing to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// Which word of the search it is for, from 0.
    pub word: usize,
    /// Where to look.
    pub kind: ProbeKind,
    /// What to look up, or where a range begins.
    pub low: String,
    /// Where a range ends, exclusive; empty for what is no range.
    pub high: String,
}

/// Where to look something up, and how much a movie found there is worth; the best is the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProbeKind {
    /// Among the tokens of movies: a whole title.
    Title,
    /// Among the tokens of movies: a word.
    Word,
    /// Among the tokens of movies: the beginning of a word.
    ShortBeginning,
    /// A range among all words: those that go on after the searched one.
    Beginning,
    /// A range among the endings of words: those that contain the searched one.
    Inside,
    /// Among the tokens of movies: the searched word without one of its letters.
    Shorter,
    /// Among the shortened words.
    Shortened,
}

/// How much of what is looked up is looked at, so that a search for what nearly every title has
/// takes no longer than others. Where there is more, the more popular movies go first, by
/// [`popularity_class`](super::popularity_class), then the later ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SearchBounds {
    /// The movies of one searched word or title, where several words may have to meet.
    pub of_word: usize,
    /// The words found by one range or one shortened form, in the order of the range.
    pub similar_words: usize,
    /// The movies of one such word, or of a short beginning.
    pub of_similar_word: usize,
    /// A searched word that so many titles have, or begin a word with, is taken for meant: it is
    /// not looked for inside of words or with a typo.
    pub enough: usize,
    /// The movies whose titles are compared. Equal titles go first, then those with more of the
    /// searched words, then the better kind, the more popular, the later.
    pub candidates: usize,
}

/// The greatest bounds of a search.
pub const SEARCH_BOUNDS: SearchBounds = SearchBounds {
    of_word: 1_000,
    similar_words: 20,
    of_similar_word: 200,
    enough: 100,
    candidates: 150,
};

impl TitleSearch {
    /// Of a search key, which is not empty.
    pub fn of(key: &str) -> Self {
        let trigrams: BTreeSet<_> = words(key).flat_map(trigrams_of_word).collect();
        let distinct: BTreeSet<_> = words(key).collect();
        Self {
            key: key.to_owned(),
            key_inside: [" ", key].concat(),
            words: distinct
                .iter()
                .map(|word| ((*word).to_owned(), word.chars().collect()))
                .collect(),
            trigrams: trigrams.into_iter().collect(),
        }
    }

    /// All that has to be looked up to find the movies that may match.
    pub fn probes(&self) -> Vec<Probe> {
        let searched = self.words.iter().take(LOOKED_UP_WORDS).enumerate();
        let mut probes: Vec<_> =
            searched.flat_map(|(place, (word, _))| probes_of(place, word)).collect();
        probes.push(single(0, ProbeKind::Title, title_token(&self.key)));
        probes
    }

    /// How much of what is looked up to look at. More movies of an only word than there are
    /// candidates would change nothing.
    pub fn bounds(&self) -> SearchBounds {
        let of_word = match self.words.len() {
            1 => SEARCH_BOUNDS.candidates,
            _ => SEARCH_BOUNDS.of_word,
        };
        SearchBounds { of_word, ..SEARCH_BOUNDS }
    }

    /// How well a movie matches, if it does: the better of how its title and original title match
    /// together and how any of its other titles does.
    pub fn matches<'a>(
        &self,
        keys: &[&str],
        others: impl IntoIterator<Item = &'a str>,
    ) -> Option<TitleMatch> {
        let others = others.into_iter().filter_map(|key| self.matches_together(&[key]));
        others.chain(self.matches_together(keys)).min()
    }

    /// Titles match together when a word of them is one of the searched words, begins with it,
    /// contains it or differs by a typo, and when besides a key contains what is searched for, or
    /// at least [`min_shared_trigrams`] are shared, or the words met in this way have at least half
    /// of the letters.
    fn matches_together(&self, keys: &[&str]) -> Option<TitleMatch> {
        let met = self.met_letters(keys);
        let tier = keys.iter().map(|key| self.tier(key)).min()?;
        let shared = self.shared_trigrams(keys);
        let is_match = tier < RESEMBLES
            || shared >= min_shared_trigrams(self.trigrams.len())
            || met * 2 >= self.letters();
        let missing = i64::try_from(self.trigrams.len() - shared).unwrap_or(i64::MAX);
        (met > 0 && is_match).then_some(TitleMatch { tier, missing })
    }

    fn tier(&self, key: &str) -> i64 {
        if !key.contains(&self.key) {
            RESEMBLES
        } else if key.len() == self.key.len() {
            0
        } else if key.starts_with(&self.key) {
            1
        } else if key.contains(&self.key_inside) {
            2
        } else {
            3
        }
    }

    fn letters(&self) -> usize {
        self.words.iter().map(|(_, letters)| letters.len()).sum()
    }

    /// How many letters the searched words have that are met.
    fn met_letters(&self, keys: &[&str]) -> usize {
        let mut letters = Vec::new();
        let is_met = |(searched, spelled): &&(String, Vec<char>)| {
            let is_inside = is_sought_inside(searched);
            keys.iter().flat_map(|key| words(key)).any(|word| {
                if word.starts_with(searched) || (is_inside && word.contains(searched)) {
                    return true;
                }
                if word.len().abs_diff(searched.len()) > 4 {
                    return false;
                }
                letters.clear();
                letters.extend(word.chars());
                differs_by_a_typo(spelled, &letters)
            })
        };
        self.words.iter().filter(is_met).map(|(_, letters)| letters.len()).sum()
    }

    fn shared_trigrams(&self, keys: &[&str]) -> usize {
        let mut is_shared = vec![false; self.trigrams.len()];
        for trigram in keys.iter().flat_map(|key| words(key)).flat_map(trigrams_of_word) {
            if let Ok(place) = self.trigrams.binary_search(&trigram) {
                is_shared[place] = true;
            }
        }
        is_shared.into_iter().filter(|shared| *shared).count()
    }
}

const RESEMBLES: i64 = 4;

fn probes_of(place: usize, word: &str) -> Vec<Probe> {
    let word = looked_up(word);
    let shorter = shortened(word);
    let mut probes = vec![single(place, ProbeKind::Word, word.to_owned())];
    probes.push(match short_beginning(word) {
        Some(beginning) => single(place, ProbeKind::ShortBeginning, beginning),
        None => range(place, ProbeKind::Beginning, word),
    });
    if is_sought_inside(word) {
        probes.push(range(place, ProbeKind::Inside, inner(word)));
    }
    for form in [vec![word.to_owned()], shorter.clone()].concat() {
        probes.push(single(place, ProbeKind::Shortened, form));
    }
    probes.extend(shorter.into_iter().map(|form| single(place, ProbeKind::Shorter, form)));
    probes
}

fn single(word: usize, kind: ProbeKind, low: String) -> Probe {
    Probe { word, kind, low, high: String::new() }
}

fn range(word: usize, kind: ProbeKind, low: &str) -> Probe {
    Probe { word, kind, low: low.to_owned(), high: [low, LAST].concat() }
}

/// How many of `searched` trigrams a movie must share to resemble a search: two in five, rounded
/// up.
pub fn min_shared_trigrams(searched: usize) -> usize {
    (searched * 2).div_ceil(5).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{TitleIndex, WordParts, search_key};
    use proptest::prelude::*;

    fn matched(search: &str, title: &str) -> Option<TitleMatch> {
        TitleSearch::of(&search_key(search)).matches(&[&search_key(title)], [])
    }

    /// Whether what is to be looked up leads to a movie with this key.
    fn leads_to(search: &TitleSearch, key: &str) -> bool {
        let index = TitleIndex::of([key]);
        let is_in = |probe: &Probe, text: &String| *text >= probe.low && *text < probe.high;
        search.probes().iter().any(|probe| match probe.kind {
            ProbeKind::Title | ProbeKind::Word | ProbeKind::ShortBeginning | ProbeKind::Shorter => {
                index.tokens.contains(&probe.low)
            }
            ProbeKind::Beginning => index.words.iter().any(|word| is_in(probe, word)),
            ProbeKind::Inside => {
                let parts = index.words.iter().flat_map(|word| WordParts::of(word).endings);
                parts.into_iter().any(|ending| is_in(probe, &ending))
            }
            ProbeKind::Shortened => {
                let parts = index.words.iter().flat_map(|word| WordParts::of(word).shortened);
                parts.into_iter().any(|shortened| shortened == probe.low)
            }
        })
    }

    proptest! {
        #[test]
        fn what_is_looked_up_leads_to_every_match(
            search in "[a-c侍の]{1,6}( [a-c]{1,5})?",
            title in "[a-c侍の]{1,8}( [a-c]{1,6}){0,2}",
        ) {
            let (search, title) = (search_key(&search), search_key(&title));
            let terms = TitleSearch::of(&search);
            if terms.matches(&[&title], []).is_some() {
                prop_assert!(leads_to(&terms, &title), "{:?} in {:?}", search, title);
            }
        }
    }

    #[test]
    fn better_matches_come_first() {
        let titles = ["Alien", "Aliens", "Monsters vs. Aliens", "Inalienable", "Alen"];
        let tiers = titles.map(|title| matched("alien", title).map(|found| found.tier));
        assert_eq!(tiers, [Some(0), Some(1), Some(2), Some(3), Some(4)]);
        assert_eq!(matched("alien", "Casablanca"), None);
    }

    #[test]
    fn the_best_of_all_titles_counts_and_other_titles_do_not_add_up() {
        let search = TitleSearch::of("abcq wxyq");
        let together = search.matches(&["abcd", "wxyz"], []);
        assert!(together.is_some() && together < search.matches(&["abcd", ""], ["wxyz"]));
        let search = TitleSearch::of("matrix");
        let tiers =
            |others: [&'static str; 2]| search.matches(&["нео", ""], others).map(|m| m.tier);
        assert_eq!(tiers(["the matrix", "matrix"]), Some(0));
        assert_eq!(tiers(["the matrix", "up"]), Some(2));
        assert_eq!(tiers(["up", "heat"]), None);
    }

    #[test]
    fn typos_are_forgiven_in_every_word() {
        assert!(matched("haet", "Heat").is_some());
        assert!(matched("teh matirx", "The Matrix").is_some());
        assert!(matched("matrix reloded", "The Matrix").is_some());
        assert_eq!(matched("matrix", "The"), None);
    }
}
