use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use crate::ValueError;

/// Those of Royce Williams' 20,000 most common passwords that are long enough to pass the length
/// rule; the shorter ones are refused for being short.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/common-passwords.txt").lines().collect());

/// A password as somebody types it, in Unicode NFC so that every keyboard spells it alike.
/// It never shows in debug output and its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct PlainPassword(Zeroizing<String>);

impl PlainPassword {
    /// The least number of characters (NIST SP 800-63B asks for 8, OWASP ASVS 5.0 for 8 and
    /// recommends 15).
    pub const MIN: usize = 12;
    /// The greatest number of bytes: what bcrypt looks at. More is refused and never cut off.
    pub const MAX_BYTES: usize = 71;

    /// Checks a password that somebody wants to use from now on.
    ///
    /// # Errors
    /// [`ValueError::ControlCharacter`] for NUL, [`ValueError::TooShort`] in characters,
    /// [`ValueError::TooManyBytes`] in UTF-8, [`ValueError::CommonPassword`].
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let password = Self::normalised(raw);
        password.check_usable()?;
        match password.0.chars().count() {
            actual if actual < Self::MIN => Err(ValueError::TooShort { min: Self::MIN, actual }),
            _ if COMMON.contains(password.0.to_lowercase().as_str()) => {
                Err(ValueError::CommonPassword)
            }
            _ => Ok(password),
        }
    }

    /// Takes what somebody typed to sign in. The rules for new passwords don't apply, because they
    /// may have been different when this one was set; what no hash can be made of is refused.
    ///
    /// # Errors
    /// [`ValueError::ControlCharacter`] for NUL, [`ValueError::TooManyBytes`].
    pub fn attempt(raw: &str) -> Result<Self, ValueError> {
        let password = Self::normalised(raw);
        password.check_usable()?;
        Ok(password)
    }

    /// The text to hash.
    pub fn expose(&self) -> &str {
        &self.0
    }

    fn normalised(raw: &str) -> Self {
        Self(Zeroizing::new(raw.nfc().collect()))
    }

    fn check_usable(&self) -> Result<(), ValueError> {
        if self.0.contains('\0') {
            return Err(ValueError::ControlCharacter);
        }
        match self.0.len() {
            actual if actual > Self::MAX_BYTES => {
                Err(ValueError::TooManyBytes { max: Self::MAX_BYTES, actual })
            }
            _ => Ok(()),
        }
    }
}

impl std::fmt::Debug for PlainPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PlainPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn error(raw: &str) -> Option<ValueError> {
        PlainPassword::parse(raw).err()
    }

    proptest! {
        #[test]
        fn takes_12_characters_to_71_bytes(raw in "[ -~]{0,90}") {
            prop_assume!(!COMMON.contains(raw.to_lowercase().as_str()));
            prop_assert_eq!(error(&raw).is_none(), (12..=71).contains(&raw.len()));
        }

        #[test]
        fn never_shows_in_debug_output(raw in "[a-z]{13,30}") {
            let shown = format!("{:?}", PlainPassword::attempt(&raw).unwrap());
            prop_assert!(!shown.contains(&raw));
        }
    }

    #[test]
    fn refuses_72_bytes_nul_and_eleven_characters() {
        assert_eq!(error(&"é".repeat(36)), Some(ValueError::TooManyBytes { max: 71, actual: 72 }));
        assert_eq!(error("correct\0horse battery"), Some(ValueError::ControlCharacter));
        assert_eq!(error("eleven char"), Some(ValueError::TooShort { min: 12, actual: 11 }));
    }

    #[test]
    fn refuses_a_common_password_in_any_case() {
        assert_eq!(error("QWERTYuiop123"), Some(ValueError::CommonPassword));
    }

    #[test]
    fn spells_a_password_alike_on_every_keyboard() {
        let composed = PlainPassword::parse("caf\u{e9} au lait s'il").unwrap();
        let decomposed = PlainPassword::attempt("cafe\u{301} au lait s'il").unwrap();
        assert_eq!(composed.expose(), decomposed.expose());
    }
}
