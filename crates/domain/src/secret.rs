use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::ValueError;

/// A random text that is proof in itself: whoever has it may do what it is for.
/// It never shows in debug output and its memory is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// The greatest number of bytes, several times what a generated one has.
    pub const MAX_BYTES: usize = 256;

    /// Writes 256 random bits as 43 characters of base64url.
    pub fn of_random_bytes(bytes: &[u8; 32]) -> Self {
        Self(Zeroizing::new(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Takes what somebody sent as a secret; whether it is one is for the store to say.
    ///
    /// # Errors
    /// [`ValueError::Blank`] for nothing, [`ValueError::TooManyBytes`].
    pub fn parse(raw: String) -> Result<Self, ValueError> {
        let raw = Zeroizing::new(raw);
        match raw.len() {
            0 => Err(ValueError::Blank),
            actual if actual > Self::MAX_BYTES => {
                Err(ValueError::TooManyBytes { max: Self::MAX_BYTES, actual })
            }
            _ => Ok(Self(raw)),
        }
    }

    /// The text, to hand over to whom it is for.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// What a store keeps of it: SHA-256 in 64 lower-case hexadecimal digits. A slow hash would
    /// add nothing, because a random text can't be guessed.
    pub fn digest(&self) -> String {
        Sha256::digest(self.0.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(raw: &str) -> Secret {
        Secret::parse(raw.into()).unwrap()
    }

    #[test]
    fn is_kept_as_its_sha_256() {
        // The first test vector of FIPS 180.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(secret("abc").digest(), expected);
        assert_ne!(secret("abd").digest(), expected);
    }

    #[test]
    fn never_shows_itself() {
        assert!(!format!("{:?}", secret("swordfish")).contains("swordfish"));
    }

    #[test]
    fn writes_random_bits_as_base64url() {
        let text = Secret::of_random_bytes(&[0xff; 32]);
        assert_eq!(text.expose(), format!("{}8", "_".repeat(42)));
    }

    #[test]
    fn has_a_bounded_length_and_no_other_rule() {
        assert_eq!(Secret::parse(String::new()), Err(ValueError::Blank));
        assert_eq!(secret(" a\0b ").expose(), " a\0b ");
        assert!(Secret::parse("a".repeat(256)).is_ok());
        let long = Secret::parse("a".repeat(257));
        assert_eq!(long, Err(ValueError::TooManyBytes { max: 256, actual: 257 }));
    }
}
