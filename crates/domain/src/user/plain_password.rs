use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;
use zxcvbn::{Score, zxcvbn};

use super::{EmailAddress, Username};
use crate::ValueError;

/// What nobody may make a password of, because everybody would.
const PRODUCT: &str = "reelmark";

/// Shorter names stand in too many words to be forbidden outright; whether they make a password
/// easy to guess is counted in its strength.
const SHORTEST_FORBIDDEN_NAME: usize = 4;

/// The least strength, on zxcvbn's scale from 0 to 4: about 10^8 guesses, safe enough behind a slow
/// hash.
const LEAST_STRENGTH: Score = Score::Three;

/// Those of Royce Williams' 20,000 most common passwords that have at least [`PlainPassword::MIN`]
/// characters, which are few: the shorter ones are refused for being short.
static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("../../data/common-passwords.txt").lines().collect());

/// A password as somebody types it, in Unicode NFC so that every keyboard spells it alike.
/// It never shows in debug output and its memory is wiped when it is dropped.
#[derive(Clone)]
pub struct PlainPassword(Zeroizing<String>);

impl PlainPassword {
    /// The least number of characters. NIST SP 800-63B-4 asks for at least 15 where a password is
    /// the only factor and for 8 beside another one; OWASP ASVS 5.0 6.2.1 asks for 8 and recommends
    /// 15. This is a choice in between, made up for by the strength that zxcvbn finds, at least 3 of
    /// 4, and by lists of what nobody may use.
    pub const MIN: usize = 12;
    /// The greatest number of bytes: what bcrypt looks at. More is refused and never cut off.
    pub const MAX_BYTES: usize = 71;

    /// Checks a password that somebody wants to use from now on. Whose it is going to be is checked
    /// by [`Self::check_for`].
    ///
    /// # Errors
    /// [`ValueError::ControlCharacter`] for NUL, [`ValueError::TooShort`] in characters,
    /// [`ValueError::TooManyBytes`] in UTF-8, [`ValueError::CommonPassword`],
    /// [`ValueError::ContainsProductName`], [`ValueError::TooGuessable`].
    pub fn parse(raw: &str) -> Result<Self, ValueError> {
        let password = Self::normalised(raw);
        password.check_usable()?;
        let actual = password.0.chars().count();
        if actual < Self::MIN {
            return Err(ValueError::TooShort { min: Self::MIN, actual });
        }
        let folded = password.folded();
        if COMMON.contains(folded.as_str()) {
            return Err(ValueError::CommonPassword);
        }
        if folded.contains(PRODUCT) {
            return Err(ValueError::ContainsProductName);
        }
        password.check_strength(&[PRODUCT])?;
        Ok(password)
    }

    /// Checks a new password against the names of its owner, which others know or guess.
    ///
    /// # Errors
    /// [`ValueError::ContainsOwnName`] when it contains, in any case, the username, what stands
    /// before the @ or the name of the domain, unless that has less than 4 characters;
    /// [`ValueError::TooGuessable`] when it is easy to guess for somebody who knows the names.
    pub fn check_for(&self, username: &Username, email: &EmailAddress) -> Result<(), ValueError> {
        let username = username.key();
        let names = [username.as_str(), email.local_part(), email.domain_name()];
        let folded = self.folded();
        let contains =
            |name: &&str| name.chars().count() >= SHORTEST_FORBIDDEN_NAME && folded.contains(*name);
        if names.iter().any(contains) {
            return Err(ValueError::ContainsOwnName);
        }
        let parts = names.iter().flat_map(|name| name.split(|c: char| !c.is_alphanumeric()));
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        self.check_strength(&parts)
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

    fn folded(&self) -> Zeroizing<String> {
        Zeroizing::new(self.0.to_lowercase())
    }

    /// Looks at no more than 71 bytes, so that its cost is bounded.
    fn check_strength(&self, known: &[&str]) -> Result<(), ValueError> {
        match zxcvbn(&self.0, known).score() {
            strength if strength >= LEAST_STRENGTH => Ok(()),
            _ => Err(ValueError::TooGuessable),
        }
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

    fn error_for(raw: &str) -> Option<ValueError> {
        let username = Username::parse("Ada_Lovelace").unwrap();
        let email = EmailAddress::parse("countess@mail.analytical.example").unwrap();
        PlainPassword::parse(raw).unwrap().check_for(&username, &email).err()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn takes_12_characters_to_71_bytes(raw in "[!-~]{0,90}") {
            prop_assume!(!matches!(error(&raw), Some(ValueError::TooGuessable)));
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
    fn refuses_what_a_program_guesses_soon() {
        for raw in ["aaaaaaaaaaaaaaaa", "abcdefghijklmnop", "passwordpassword", "0123456789012"] {
            assert_eq!(error(raw), Some(ValueError::TooGuessable), "{raw}");
        }
        for raw in ["correct horse battery", "nine lives of a cat", "kz7-pq4-wm9-xd2"] {
            assert_eq!(error(raw), None, "{raw}");
        }
    }

    #[test]
    fn refuses_the_name_of_the_service_in_any_case() {
        let password = "nine lives of a ReelMark";
        assert_eq!(error(password), Some(ValueError::ContainsProductName));
    }

    #[test]
    fn refuses_the_names_of_its_owner_in_any_case() {
        for raw in ["nine ada_LOVELACE of a cat", "nine Countess lives", "an analytical engine"] {
            assert_eq!(error_for(raw), Some(ValueError::ContainsOwnName), "{raw}");
        }
        assert_eq!(error_for("nine lives of a cat"), None);
    }

    #[test]
    fn a_short_name_may_stand_in_a_word_but_makes_no_password() {
        let username = Username::parse("kzq").unwrap();
        let email = EmailAddress::parse("kzq@vjx.example").unwrap();
        let check = |raw| PlainPassword::attempt(raw).unwrap().check_for(&username, &email);
        assert_eq!(check("nine kzq lives of a cat"), Ok(()));
        assert_eq!(check("kzqvjxkzqvjx"), Err(ValueError::TooGuessable));
    }

    #[test]
    fn spells_a_password_alike_on_every_keyboard() {
        let composed = PlainPassword::parse("caf\u{e9} au lait s'il").unwrap();
        let decomposed = PlainPassword::attempt("cafe\u{301} au lait s'il").unwrap();
        assert_eq!(composed.expose(), decomposed.expose());
    }
}
