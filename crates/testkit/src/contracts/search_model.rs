//! What the contract of `MovieReader::list` says about searches, in plain Rust, and a catalogue to
//! search in.

use std::collections::{BTreeSet, HashSet};

use reelmark_application::ports::{MovieIndex, SearchTerms};

use crate::builders::{MovieBuilder, movie};

/// Title, original title and number of ratings.
pub(super) const CATALOGUE: [(&str, &str, usize); 34] = [
    ("Casablanca", "", 40),
    ("The Godfather", "", 60),
    ("The Godfather Part II", "", 45),
    ("Amélie", "Le Fabuleux Destin d'Amélie Poulain", 30),
    ("The Matrix", "", 55),
    ("The Matrix Reloaded", "", 20),
    ("Up", "", 25),
    ("Upstream Color", "", 3),
    ("Step Up", "", 2),
    ("M", "M – Eine Stadt sucht einen Mörder", 12),
    ("Seven Samurai", "七人の侍", 35),
    ("Brother", "Брат", 8),
    ("Brother 2", "Брат 2", 5),
    ("Parasite", "기생충", 33),
    ("WALL·E", "", 28),
    ("Schindler's List", "", 38),
    ("Spirited Away", "千と千尋の神隠し", 37),
    ("100% Wolf", "", 1),
    ("101 Dalmatians", "", 9),
    ("2001: A Space Odyssey", "", 31),
    ("Léon: The Professional", "Léon", 29),
    ("The Lion King", "", 50),
    ("Alien", "", 41),
    ("Aliens", "", 39),
    ("Alien: Covenant", "", 7),
    ("Monsters vs. Aliens", "", 6),
    ("Inalienable", "", 0),
    ("Dune", "", 15),
    ("Dune", "", 22),
    ("Heat", "", 0),
    ("Heat", "", 0),
    ("Dead Heat", "", 0),
    ("In the Heat of the Night", "", 0),
    ("Straße ins Glück", "", 0),
];

/// What people type, and all they find in [`CATALOGUE`], best match first.
pub(super) const SEARCHES: &[(&str, &[&str])] = &[
    // Case, accents and punctuation don't matter.
    ("CASABLANCA", &["Casablanca"]),
    ("amelie", &["Amélie"]),
    ("AMÉLIE", &["Amélie"]),
    ("wall-e", &["WALL·E"]),
    ("schindlers list", &["Schindler's List"]),
    ("Schindler’s", &["Schindler's List"]),
    ("strasse", &["Straße ins Glück"]),
    ("gluck", &["Straße ins Glück"]),
    // Parts of a title are enough, in any order.
    ("godfather", &["The Godfather", "The Godfather Part II"]),
    ("part ii", &["The Godfather Part II"]),
    ("odyssey 2001", &["2001: A Space Odyssey"]),
    ("2001", &["2001: A Space Odyssey"]),
    // Small typos don't matter.
    ("casblanca", &["Casablanca"]),
    ("cassablanca", &["Casablanca"]),
    ("godfathr", &["The Godfather", "The Godfather Part II"]),
    ("amlie", &["Amélie"]),
    ("matirx", &["The Matrix", "The Matrix Reloaded"]),
    ("matrix reloded", &["The Matrix Reloaded", "The Matrix"]),
    ("lion kng", &["The Lion King", "Léon: The Professional"]),
    ("seven samuri", &["Seven Samurai"]),
    ("spirted away", &["Spirited Away"]),
    ("profesional", &["Léon: The Professional"]),
    ("haet", &["Heat", "Heat", "Dead Heat", "In the Heat of the Night"]),
    ("teh matirx", &["The Matrix", "The Matrix Reloaded"]),
    ("七人と侍", &["Seven Samurai"]),
    // Original titles count, in every script.
    ("le fabuleux destin", &["Amélie"]),
    ("damelie", &["Amélie"]),
    ("七人の侍", &["Seven Samurai"]),
    ("侍", &["Seven Samurai"]),
    ("千尋", &["Spirited Away"]),
    ("기생충", &["Parasite"]),
    ("брат", &["Brother", "Brother 2"]),
    ("БРАТ 2", &["Brother 2", "Brother"]),
    // Short searches find short titles first, and wildcards are none.
    ("up", &["Up", "Upstream Color", "Step Up"]),
    ("m", &["M", "Monsters vs. Aliens", "The Matrix", "The Matrix Reloaded"]),
    ("100%", &["100% Wolf"]),
    ("101", &["101 Dalmatians"]),
    // The better match comes first, then the more popular, the shorter, the older one.
    ("leon", &["Léon: The Professional", "The Lion King"]),
    ("alien", &["Alien", "Alien: Covenant", "Aliens", "Monsters vs. Aliens", "Inalienable"]),
    ("heat", &["Heat", "Heat", "Dead Heat", "In the Heat of the Night"]),
    ("dune", &["Dune", "Dune"]),
    ("zzzz", &[]),
];

/// The movies of [`CATALOGUE`], in its order, with their number of ratings.
pub(super) fn catalogue() -> impl Iterator<Item = (MovieBuilder, usize)> {
    CATALOGUE.iter().map(|(title, original_title, ratings)| {
        let request = match *original_title {
            "" => movie(title),
            original_title => movie(title).original_title(original_title),
        };
        (request, *ratings)
    })
}

/// The place of a movie among those that match `terms`, if it does.
pub(super) fn relevance(
    index: &MovieIndex,
    ratings: usize,
    id: i64,
    terms: &SearchTerms,
) -> Option<[i64; 5]> {
    let own = vec![index.title_key.as_str(), &index.original_title_key];
    let others = index.other_keys.iter().map(|key| vec![key.as_str()]);
    let together = others.chain([own]);
    let (tier, missing) = together.filter_map(|keys| match_of(&keys, terms)).min()?;
    Some([tier, missing, -(ratings as i64), index.title_key.chars().count() as i64, id])
}

/// Tier and missing trigrams of titles that count together, if they match.
fn match_of(keys: &[&str], terms: &SearchTerms) -> Option<(i64, i64)> {
    let theirs = trigrams(&keys.join(" "));
    let searched = trigrams(&terms.key);
    let shared = searched.iter().filter(|trigram| theirs.contains(*trigram)).count();
    let words: HashSet<&str> = terms.key.split(' ').collect();
    let letters = |words: &mut dyn Iterator<Item = &str>| -> usize {
        words.map(|word| word.chars().count()).sum()
    };
    let all = letters(&mut words.iter().copied());
    let met = letters(&mut words.iter().copied().filter(|word| is_met(word, keys)));
    let tier = keys.iter().map(|key| tier(key, &terms.key)).min()?;
    let is_enough = shared * 5 >= searched.len() * 2 || met * 2 >= all;
    let is_match = met > 0 && (tier < RESEMBLES || is_enough);
    is_match.then_some((tier, (searched.len() - shared) as i64))
}

/// The distinct groups of three characters in the words of a key, each padded with two blanks before
/// and one behind.
fn trigrams(key: &str) -> BTreeSet<Vec<char>> {
    let words = key.split(' ').filter(|word| !word.is_empty());
    let padded = words.map(|word| format!("  {word} ").chars().collect::<Vec<char>>());
    padded.flat_map(|word| word.windows(3).map(<[char]>::to_vec).collect::<Vec<_>>()).collect()
}

/// Whether a word of a title is the searched one, begins with it, has it inside or differs by a
/// typo.
fn is_met(searched: &str, keys: &[&str]) -> bool {
    let is_han_or_kana = |c: char| ('\u{3040}'..='\u{9FFF}').contains(&c);
    let is_long = searched.chars().count() >= 3 || searched.starts_with(is_han_or_kana);
    keys.iter().flat_map(|key| key.split(' ')).filter(|word| !word.is_empty()).any(|word| {
        let is_part = word.starts_with(searched) || (is_long && word.contains(searched));
        is_part || is_typo(word, searched)
    })
}

/// Whether one letter more, less or other, or two letters swapped, make one word the other.
fn is_typo(one: &str, other: &str) -> bool {
    let pairs: Vec<_> = one.chars().zip(other.chars()).collect();
    let differing: Vec<_> = pairs.iter().filter(|(a, b)| a != b).collect();
    let lengths = [one, other].map(|word| word.chars().count());
    let is_swap = || {
        let place = pairs.iter().position(|(a, b)| a != b).unwrap_or(0);
        differing.len() == 2
            && pairs[place].0 == pairs[place + 1].1
            && pairs[place].1 == pairs[place + 1].0
    };
    if lengths[0] == lengths[1] {
        return (4..=24).contains(&lengths[0]) && (differing.len() == 1 || is_swap());
    }
    with_a_letter_less(one).contains(other) || with_a_letter_less(other).contains(one)
}

/// The word, and what is left of it without one letter; of short ones only the word itself.
fn with_a_letter_less(word: &str) -> HashSet<String> {
    let letters: Vec<char> = word.chars().collect();
    let places = if letters.len() < 4 || letters.len() > 24 { 0 } else { letters.len() };
    let shorter = (0..places).map(|place| [&letters[..place], &letters[place + 1..]].concat());
    shorter.chain([letters.clone()]).map(|letters| letters.into_iter().collect()).collect()
}

const RESEMBLES: i64 = 4;

fn tier(title_key: &str, search_key: &str) -> i64 {
    if title_key == search_key {
        0
    } else if title_key.starts_with(search_key) {
        1
    } else if title_key.contains(&format!(" {search_key}")) {
        2
    } else if title_key.contains(search_key) {
        3
    } else {
        RESEMBLES
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::builders::search_terms;

    /// What the model finds in [`CATALOGUE`].
    fn found(text: &str) -> Vec<&'static str> {
        let terms = search_terms(text);
        let places = (0..).zip(catalogue()).filter_map(|(id, (request, ratings))| {
            relevance(&request.insert().index, ratings, id, &terms)
        });
        let mut places: Vec<_> = places.collect();
        places.sort_unstable();
        let titles = places.iter().map(|[.., id]| CATALOGUE[*id as usize].0);
        titles.collect()
    }

    #[test]
    fn the_expected_results_are_those_of_the_contract() {
        for (text, expected) in SEARCHES {
            assert_eq!(found(text), *expected, "searching {text:?}");
        }
    }
}
