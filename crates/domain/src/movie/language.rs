use crate::ValueError;
use crate::text::plain_text_traits;

/// A language by its code of ISO 639: two letters where there are, three otherwise, in lower case.
///
/// ```
/// use reelmark_domain::Language;
/// assert_eq!(Language::parse("FRA")?.as_str(), "fr");
/// assert_eq!(Language::parse("yue")?.as_str(), "yue");
/// # Ok::<(), reelmark_domain::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
pub struct Language(&'static str);

impl Language {
    /// Reads a code of ISO 639-1 or 639-3, in either case.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] for anything that is no code of a language.
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let code = raw.trim().to_ascii_lowercase();
        let known = match code.len() {
            2 => isolang::Language::from_639_1(&code),
            3 => isolang::Language::from_639_3(&code),
            _ => None,
        };
        let expected = "a language code of ISO 639, such as fr";
        let known = known.ok_or(ValueError::Malformed { expected })?;
        Ok(Self(known.to_639_1().unwrap_or(known.to_639_3())))
    }

    /// The code.
    pub fn as_str(&self) -> &str {
        self.0
    }
}

plain_text_traits!(Language);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_accepted_is_a_short_lower_case_fixed_point(raw in "[a-zA-Z]{1,4}|\\PC{0,4}") {
            if let Ok(language) = Language::parse(&raw) {
                let code = language.as_str();
                prop_assert!((2..=3).contains(&code.len()));
                prop_assert!(code.bytes().all(|b| b.is_ascii_lowercase()));
                prop_assert_eq!(Language::parse(code), Ok(language));
            }
        }
    }

    #[test]
    fn the_shorter_code_stands_for_both() {
        for (raw, code) in [("fr", "fr"), ("fra", "fr"), (" JA ", "ja"), ("zho", "zh")] {
            assert_eq!(Language::parse(raw).unwrap().as_str(), code, "{raw}");
        }
    }

    #[test]
    fn names_and_unknown_codes_are_refused() {
        for raw in ["", "f", "french", "qz", "qqq", "fr-CA", "ｆｒ", "日本"] {
            assert_eq!(Language::parse(raw).unwrap_err().code(), "malformed", "{raw}");
        }
    }
}
