//! The words of a search key.

/// Words are looked up by so many of their first characters. Whether a longer one matches is told
/// by the titles themselves.
const LOOKED_UP: usize = 32;

/// The lengths of words in which a typo is forgiven. In shorter ones a changed letter gives another
/// word, longer ones are whole titles in a script without blanks.
const TYPO_LENGTHS: std::ops::RangeInclusive<usize> = 4..=24;

/// A part of a word is looked for inside of others when it has so many letters.
const MIN_INNER: usize = 3;

pub(super) fn words(key: &str) -> impl Iterator<Item = &str> {
    key.split(' ').filter(|word| !word.is_empty())
}

/// The part of a word that it is looked up by.
pub(super) fn looked_up(word: &str) -> &str {
    first_characters(word, LOOKED_UP)
}

/// The first `count` characters.
pub(super) fn first_characters(word: &str, count: usize) -> &str {
    word.char_indices().nth(count).map_or(word, |(end, _)| &word[..end])
}

/// The word with each of its letters left out once, unless no typo is forgiven in it.
pub(super) fn shortened(word: &str) -> Vec<String> {
    let length = word.chars().count();
    if !TYPO_LENGTHS.contains(&length) {
        return Vec::new();
    }
    let without = |left_out| {
        let kept = word.chars().enumerate().filter(move |(place, _)| *place != left_out);
        kept.map(|(_, letter)| letter).collect()
    };
    let mut shortened: Vec<String> = (0..length).map(without).collect();
    shortened.sort_unstable();
    shortened.dedup();
    shortened
}

/// Whether one letter more, less or other, or two letters swapped, make one word the other.
pub(super) fn differs_by_a_typo(one: &[char], other: &[char]) -> bool {
    let same_start = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one_rest, other_rest) = (&one[same_start..], &other[same_start..]);
    let same_end =
        one_rest.iter().rev().zip(other_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let one_middle = &one_rest[..one_rest.len() - same_end];
    let other_middle = &other_rest[..other_rest.len() - same_end];
    match (one_middle, other_middle) {
        ([], [_]) => TYPO_LENGTHS.contains(&other.len()),
        ([_], []) => TYPO_LENGTHS.contains(&one.len()),
        ([_], [_]) => TYPO_LENGTHS.contains(&one.len()),
        ([a, b], [c, d]) => TYPO_LENGTHS.contains(&one.len()) && (a, b) == (d, c),
        _ => false,
    }
}

/// Whether a part of a word is looked for inside of others.
pub(super) fn is_sought_inside(part: &str) -> bool {
    part.chars().next().is_some_and(is_unspaced) || part.chars().count() >= MIN_INNER
}

/// Whether a character belongs to a script that puts no blanks between words, so that a word may
/// begin at any character.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{1000}'..='\u{109F}' // Myanmar
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{3040}'..='\u{30FF}' // Hiragana, Katakana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' // Han
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn chars(word: &str) -> Vec<char> {
        word.chars().collect()
    }

    fn forms(word: &str) -> Vec<String> {
        [vec![word.to_owned()], shortened(word)].concat()
    }

    proptest! {
        #[test]
        fn words_that_differ_by_a_typo_share_a_form(one in "[ab]{1,7}", other in "[ab]{1,7}") {
            let theirs = forms(&other);
            let share = forms(&one).iter().any(|form| theirs.contains(form));
            if differs_by_a_typo(&chars(&one), &chars(&other)) {
                prop_assert!(share, "{} and {}", one, other);
            }
        }

        #[test]
        fn every_typo_is_known(word in "[abc]{4,7}", place in 0usize..7, letter in "[abc]") {
            let mut typed = chars(&word);
            let place = place % typed.len();
            let letter = chars(&letter)[0];
            match place % 4 {
                0 => drop(typed.remove(place)),
                1 => typed.insert(place, letter),
                2 => typed[place] = letter,
                _ => typed.swap(place, place - 1),
            }
            prop_assume!(typed != chars(&word));
            prop_assert!(differs_by_a_typo(&typed, &chars(&word)));
        }
    }

    #[test]
    fn knows_the_common_typos() {
        for (typed, meant) in
            [("casblanca", "casablanca"), ("matirx", "matrix"), ("aliem", "alien"), ("kng", "king")]
        {
            assert!(differs_by_a_typo(&chars(typed), &chars(meant)), "{typed}");
        }
        assert!(!differs_by_a_typo(&chars("amlie"), &chars("alien")));
        assert!(!differs_by_a_typo(&chars("ap"), &chars("up")));
        assert!(!differs_by_a_typo(&chars("heart"), &chars("earth quake")));
    }

    #[test]
    fn scripts_without_blanks_are_searched_by_single_characters() {
        assert!(is_sought_inside("侍") && is_sought_inside("man"));
        assert!(!is_sought_inside("m") && !is_sought_inside("서"));
    }
}
