//! What all texts have in common: Unicode NFC, no control characters, a bounded length.

use unicode_normalization::UnicodeNormalization;

use crate::ValueError;

/// Whether line breaks and tabs belong to the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    OneLine,
    Paragraphs,
}

/// Trims `raw`, brings it into NFC and checks that it has 1 to `max` characters.
pub(crate) fn clean(raw: &str, max: usize, layout: Layout) -> Result<String, ValueError> {
    let text: String = raw.trim().nfc().collect();
    if text.is_empty() {
        return Err(ValueError::Blank);
    }
    if text.chars().any(|c| is_refused(c, layout)) {
        return Err(ValueError::ControlCharacter);
    }
    match text.chars().count() {
        actual if actual > max => Err(ValueError::TooLong { max, actual }),
        _ => Ok(text),
    }
}

/// Bidirectional overrides count as control characters, because they let a text lie about the
/// text around it.
fn is_refused(c: char, layout: Layout) -> bool {
    let is_layout = layout == Layout::Paragraphs && matches!(c, '\n' | '\r' | '\t');
    let overrides_direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    (c.is_control() && !is_layout) || overrides_direction
}

/// Declares a text newtype whose one constructor is [`clean`].
macro_rules! text_value {
    ($(#[$doc:meta])* $name:ident, max $max:literal, $layout:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(into = "String", try_from = "String"))]
        pub struct $name(String);

        impl $name {
            /// The greatest number of characters.
            pub const MAX: usize = $max;

            /// Trims `raw`, brings it into Unicode NFC and checks it.
            ///
            /// # Errors
            /// [`ValueError`](crate::ValueError) when it is blank, longer than [`Self::MAX`]
            /// characters or contains control characters.
            pub fn parse(raw: &str) -> Result<Self, crate::ValueError> {
                crate::text::clean(raw, Self::MAX, crate::text::Layout::$layout).map(Self)
            }

            /// The checked text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        crate::text::plain_text_traits!($name);
    };
}

/// `Display`, and the conversions that serde goes through.
macro_rules! plain_text_traits {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl TryFrom<String> for $name {
            type Error = crate::ValueError;

            fn try_from(raw: String) -> Result<Self, Self::Error> {
                Self::parse(&raw)
            }
        }
    };
}

pub(crate) use {plain_text_traits, text_value};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_accepted_is_trimmed_bounded_and_a_fixed_point(raw in "\\PC{0,30}") {
            if let Ok(text) = clean(&raw, 20, Layout::OneLine) {
                prop_assert!((1..=20).contains(&text.chars().count()));
                prop_assert_eq!(text.trim(), text.as_str());
                prop_assert_eq!(clean(&text, 20, Layout::OneLine), Ok(text));
            }
        }

        #[test]
        fn refuses_control_characters_anywhere(head in "[a-z]{1,5}", c in "\\p{Cc}", tail in "[a-z]{1,5}") {
            let raw = format!("{head}{c}{tail}");
            prop_assert_eq!(clean(&raw, 20, Layout::OneLine), Err(ValueError::ControlCharacter));
        }
    }

    #[test]
    fn lets_paragraphs_have_line_breaks() {
        assert_eq!(clean("a\nb", 9, Layout::Paragraphs), Ok("a\nb".into()));
        assert_eq!(clean("a\0b", 9, Layout::Paragraphs), Err(ValueError::ControlCharacter));
    }

    #[test]
    fn composes_decomposed_letters() {
        assert_eq!(clean("Ame\u{301}lie", 9, Layout::OneLine), Ok("Am\u{e9}lie".into()));
    }

    #[test]
    fn refuses_direction_overrides() {
        assert!(clean("a\u{202E}b", 9, Layout::OneLine).is_err());
    }
}
