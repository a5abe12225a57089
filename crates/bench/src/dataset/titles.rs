//! Titles nobody has filmed, of one to four words, in several scripts.

use std::sync::LazyLock;

use rand::RngExt;
use rand::seq::IndexedRandom;

use super::random::Random;
use super::words::Lexicon;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::new);

/// One in so many words is a name that hardly any other title has.
const INVENTED: f64 = 0.35;

/// A title.
pub fn draw(random: &mut Random) -> String {
    match random.random_range(0..100) {
        0..78 => english(random),
        78..90 => in_one_language(random, &LEXICON.latin, " "),
        90..96 => in_one_language(random, &LEXICON.spaced, " "),
        _ => in_one_language(random, &LEXICON.unspaced, ""),
    }
}

fn english(random: &mut Random) -> String {
    let title = match random.random_range(0..100) {
        0..14 => format!("The {}", noun(random)),
        14..30 => format!("{} {}", adjective(random), noun(random)),
        30..40 => format!("The {} {}", adjective(random), noun(random)),
        40..50 => format!("{} of the {}", noun(random), noun(random)),
        50..60 => format!("{} {}", name(random), name(random)),
        60..68 => format!("{}'s {}", name(random), noun(random)),
        68..76 => format!("{} and {}", name(random), name(random)),
        76..84 => noun(random),
        84..92 => format!("A {} in {}", noun(random), name(random)),
        _ => format!("{} {}", noun(random), noun(random)),
    };
    match random.random_range(0..100) {
        0..4 => format!("{title} {}", random.random_range(2..6)),
        4..6 => format!("{title}: {}", adjective(random)),
        _ => title,
    }
}

fn adjective(random: &mut Random) -> String {
    frequent(&LEXICON.adjectives, random).to_owned()
}

fn noun(random: &mut Random) -> String {
    if random.random::<f64>() < INVENTED / 2.0 {
        return invented(random);
    }
    frequent(&LEXICON.nouns, random).to_owned()
}

fn name(random: &mut Random) -> String {
    if random.random::<f64>() < INVENTED * 2.0 {
        return invented(random);
    }
    frequent(&LEXICON.names, random).to_owned()
}

/// Two or three syllables.
fn invented(random: &mut Random) -> String {
    let syllables = random.random_range(2..=3);
    let syllables = (0..syllables).filter_map(|_| LEXICON.syllables.choose(random)).copied();
    capitalised(&syllables.collect::<String>())
}

fn in_one_language(random: &mut Random, languages: &[Vec<&'static str>], blank: &str) -> String {
    let Some(words) = languages.choose(random) else {
        return invented(random);
    };
    let count = random.random_range(1..=4);
    let words: Vec<&str> = (0..count).map(|_| frequent(words, random)).collect();
    capitalised(&words.join(blank))
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    first + letters.as_str()
}

/// Words at the beginning of a list are more frequent, as in any language.
fn frequent(words: &[&'static str], random: &mut Random) -> &'static str {
    let place = random.random::<f64>().powf(1.6) * words.len() as f64;
    words.get(place as usize).copied().unwrap_or_default()
}
