use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form in which texts are compared when people search: lower case, without accents, every
/// run of punctuation and white space one blank, with a few letters spelled out that Unicode does
/// not take apart.
///
/// ```
/// use reelmark_domain::search_key;
/// assert_eq!(search_key("  Amélie: Le Fabuleux Destin "), "amelie le fabuleux destin");
/// assert_eq!(search_key("WALL·E"), "wall e");
/// ```
pub fn search_key(text: &str) -> String {
    let folded: String = text
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && *c != '\'' && *c != '\u{2019}')
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect();
    let words: Vec<_> = folded.split_whitespace().map(spelled_out).collect();
    // Lower-casing can leave marks behind ("İ" becomes "i" and a dot), hence the second pass.
    words.join(" ").nfkd().filter(|c| !is_combining_mark(*c)).nfc().collect()
}

fn spelled_out(word: &str) -> String {
    word.replace('ß', "ss")
        .replace('æ', "ae")
        .replace('œ', "oe")
        .replace('ø', "o")
        .replace('ł', "l")
        .replace('đ', "d")
}

/// The groups of three characters in one word of a [`search_key`], in order. The word is padded with
/// two blanks before and one behind. Texts that share many of them look alike, so a typo still finds
/// its title.
pub(super) fn trigrams_of_word(word: &str) -> impl Iterator<Item = [char; 3]> {
    let mut last = [' '; 2];
    word.chars().chain([' ']).map(move |next| {
        let trigram = [last[0], last[1], next];
        last = [last[1], next];
        trigram
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,40}") {
            let key = search_key(&text);
            prop_assert_eq!(search_key(&key), key);
        }

        #[test]
        fn case_is_ignored(text in "[a-zA-Z0-9 ]{0,40}") {
            prop_assert_eq!(search_key(&text.to_uppercase()), search_key(&text));
        }
    }

    #[test]
    fn keeps_every_script() {
        assert_eq!(search_key("七人の侍"), "七人の侍");
        assert_eq!(search_key("Брат 2"), "брат 2");
        assert_eq!(search_key("Straße"), "strasse");
        assert_eq!(search_key("Smørrebrød"), "smorrebrod");
        assert_eq!(search_key("Schindler's List"), "schindlers list");
    }

    #[test]
    fn a_typo_shares_most_trigrams() {
        let wanted: Vec<_> = trigrams_of_word("casablanca").collect();
        let typed: Vec<_> = trigrams_of_word("casblanca").collect();
        let shared = typed.iter().filter(|t| wanted.contains(t)).count();
        assert!(shared * 2 > typed.len());
    }
}
