//! How single settings are read.

use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};

use super::Problem;

/// The value, or `default` when the variable is there but empty, as compose files make it.
pub fn or_default<'a>(raw: &'a str, default: &'a str) -> &'a str {
    match raw.trim() {
        "" => default,
        value => value,
    }
}

/// The value unless it is empty.
pub fn given(raw: &Option<String>) -> Option<&str> {
    raw.as_deref().map(str::trim).filter(|raw| !raw.is_empty())
}

/// The secret unless it is empty.
pub fn given_secret(raw: &Option<SecretString>) -> Option<&SecretString> {
    raw.as_ref().filter(|raw| !raw.expose_secret().is_empty())
}

/// A whole number within `range`.
pub fn number<T>(setting: &str, raw: &str, range: RangeInclusive<T>) -> Result<T, Problem>
where
    T: FromStr + PartialOrd + Display,
{
    match raw.parse() {
        Ok(number) if range.contains(&number) => Ok(number),
        _ => {
            let (least, greatest) = (range.start(), range.end());
            let rule = format!("a whole number from {least} to {greatest}");
            Err(Problem::new(setting, rule, raw))
        }
    }
}

/// One of a few words.
pub fn choice<T: Copy>(setting: &str, raw: &str, choices: &[(&str, T)]) -> Result<T, Problem> {
    let chosen = choices.iter().find(|(word, _)| *word == raw);
    chosen.map(|(_, choice)| *choice).ok_or_else(|| {
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        Problem::new(setting, words.join(" or "), raw)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        assert_eq!(or_default("", "12"), "12");
        assert_eq!(or_default("10", "12"), "10");
        assert_eq!(given(&Some(" ".into())), None);
        assert!(given_secret(&Some("".into())).is_none());
    }

    #[test]
    fn a_number_must_be_whole_and_within_its_limits() {
        assert_eq!(number("N", "10", 10..=16), Ok(10));
        assert_eq!(number("N", "16", 10..=16), Ok(16));
        for raw in ["9", "17", "-1", "12.5", "twelve", ""] {
            assert!(number("N", raw, 10_u32..=16).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_choice_is_one_of_its_words() {
        let choices = [("on", true), ("off", false)];
        assert_eq!(choice("C", "off", &choices), Ok(false));
        for raw in ["ON", "true", ""] {
            assert!(choice("C", raw, &choices).is_err(), "{raw}");
        }
    }
}
