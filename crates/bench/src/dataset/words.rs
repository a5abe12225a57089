//! Words that titles are made of: one list per file, one word per line.

/// A list of words.
pub type Words = Vec<&'static str>;

fn lines(text: &'static str) -> Words {
    text.lines().filter(|line| !line.is_empty()).collect()
}

macro_rules! list {
    ($name:literal) => {
        lines(include_str!(concat!("../../data/words/", $name, ".txt")))
    };
}

/// All lists.
pub struct Lexicon {
    pub adjectives: Words,
    pub nouns: Words,
    pub names: Words,
    pub syllables: Words,
    /// French, German, Spanish and others that write with Latin letters.
    pub latin: [Words; 4],
    /// Scripts that put blanks between words.
    pub spaced: [Words; 5],
    /// Scripts that don't.
    pub unspaced: [Words; 2],
}

impl Lexicon {
    pub fn new() -> Self {
        Self {
            adjectives: list!("adjectives"),
            nouns: list!("nouns"),
            names: list!("names"),
            syllables: list!("syllables"),
            latin: [list!("french"), list!("german"), list!("spanish"), list!("nordic")],
            spaced: [
                list!("russian"),
                list!("greek"),
                list!("arabic"),
                list!("hindi"),
                list!("korean"),
            ],
            unspaced: [list!("japanese"), list!("chinese")],
        }
    }
}
