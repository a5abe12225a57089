use unicode_normalization::UnicodeNormalization;

use super::{search_key, upright_title};

/// A key has so many characters at most, however many letters a sign of the title stands for.
const LONGEST: usize = 200;

/// What the spellings of one title have in common: it ignores case, accents, punctuation, the
/// place of the article, and whether "and" is written out.
///
/// ```
/// use reelmark_domain::TitleKey;
/// assert_eq!(TitleKey::of("Matrix, The"), TitleKey::of("THE MATRIX!"));
/// assert_eq!(TitleKey::of("8½").as_str(), "8 1 2");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TitleKey(String);

impl TitleKey {
    /// The key of a title; empty for a text of blanks alone.
    pub fn of(title: &str) -> Self {
        let visible: String = title.chars().filter(|c| !is_invisible(*c)).collect();
        let spelled = spelled_out(&upright_title(visible.trim()));
        let key = match search_key(&spelled) {
            // "…" and "$" are titles too.
            key if key.is_empty() => visible.nfkc().filter(|c| !c.is_whitespace()).collect(),
            key => key,
        };
        Self(key.chars().take(LONGEST).collect())
    }

    /// The text to compare and to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Characters that nobody sees: zero-width blanks and joiners, soft hyphens, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Keeps "8½" apart from "81/2", and makes one word of "&" and "and".
fn spelled_out(title: &str) -> String {
    let mut text = String::with_capacity(title.len());
    for c in title.chars() {
        match c {
            '&' | '＆' => text.push_str(" and "),
            '\u{BC}'..='\u{BE}' | '\u{2150}'..='\u{215F}' | '\u{2189}' => text.extend([' ', c]),
            _ => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(a: &str, b: &str) -> bool {
        TitleKey::of(a) == TitleKey::of(b)
    }

    proptest! {
        #[test]
        fn ignores_case_accents_and_punctuation(title in "[a-z]{1,8}( [a-z]{1,8}){0,3}") {
            let shouted = title.to_uppercase().replace(' ', " - ");
            let accented: String = title.replace('e', "e\u{301}");
            prop_assert!(same(&title, &shouted));
            prop_assert!(same(&title, &accented));
            let called = title.clone() + "!";
            prop_assert!(same(&title, &called));
        }

        #[test]
        fn ignores_where_the_article_stands(title in "[A-Z][a-z]{1,8}") {
            let (upright, inverted) = (format!("The {title}"), format!("{title}, The"));
            prop_assert!(same(&upright, &inverted));
        }

        #[test]
        fn every_title_has_a_key(title in "[^\\s\\p{C}]{1,20}") {
            prop_assert!(!TitleKey::of(&title).as_str().is_empty());
        }
    }

    #[test]
    fn ignores_how_a_title_is_typed() {
        let pairs = [
            ("Me, Myself & Irene", "Me, Myself and Irene"),
            ("8½", "8 1/2"),
            ("WALL·E", "Wall-E"),
            ("Am\u{e9}lie", "Ame\u{301}lie"),
            ("Se\u{200B}ven", "Seven"),
            ("Ｓｅｖｅｎ", "seven"),
            ("L\u{2019}Enfer", "Enfer, L'"),
        ];
        for (a, b) in pairs {
            assert!(same(a, b), "{a} and {b}");
        }
    }

    #[test]
    fn a_key_stays_short_whatever_the_title() {
        let key = TitleKey::of(&"\u{FDFA}".repeat(200));
        assert_eq!(key.as_str().chars().count(), 200);
    }

    #[test]
    fn tells_titles_apart() {
        let pairs = [("Alien", "Aliens"), ("$", "…"), ("七人の侍", "用心棒"), ("Up", "Up 2")];
        for (a, b) in pairs {
            assert!(!same(a, b), "{a} and {b}");
        }
    }
}
