use std::fmt;

use jsonwebtoken::{DecodingKey, EncodingKey};
use thiserror::Error;

/// One secret that tokens are signed with, and its public name.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    signs: EncodingKey,
    verifies: DecodingKey,
}

/// Why a key can't be used.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum SigningKeyError {
    /// It could be guessed.
    #[error("the secret of key {id} must have at least {min} bytes, has {actual}")]
    ShortSecret {
        /// The key's id.
        id: String,
        /// The least number of bytes.
        min: usize,
        /// The number of bytes it has.
        actual: usize,
    },
    /// It has no usable name.
    #[error("the id of a key must be 1 to 64 letters, digits, dots, dashes or underscores")]
    MalformedId,
    /// Another key has its name.
    #[error("two keys have the id {0}")]
    RepeatedId(String),
}

impl SigningKey {
    /// The least number of bytes of a secret: as many as SHA-256 makes (RFC 7518, section 3.2).
    pub const MIN_SECRET: usize = 32;
    const MAX_ID: usize = 64;

    /// Takes a secret, and the id by which tokens tell that they were signed with it.
    ///
    /// # Errors
    /// [`SigningKeyError::MalformedId`], and [`SigningKeyError::ShortSecret`] under
    /// [`Self::MIN_SECRET`] bytes.
    pub fn new(id: &str, secret: &[u8]) -> Result<Self, SigningKeyError> {
        if !(1..=Self::MAX_ID).contains(&id.len()) || !id.bytes().all(may_be_in_an_id) {
            return Err(SigningKeyError::MalformedId);
        }
        if secret.len() < Self::MIN_SECRET {
            return Err(SigningKeyError::ShortSecret {
                id: id.to_owned(),
                min: Self::MIN_SECRET,
                actual: secret.len(),
            });
        }
        Ok(Self {
            id: id.to_owned(),
            signs: EncodingKey::from_secret(secret),
            verifies: DecodingKey::from_secret(secret),
        })
    }

    /// Its public name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn signs(&self) -> &EncodingKey {
        &self.signs
    }

    pub(super) fn verifies(&self) -> &DecodingKey {
        &self.verifies
    }
}

fn may_be_in_an_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b".-_".contains(&byte)
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The keys of this installation: one signs, all verify. To rotate, put a new key in front, and
/// take the old one away once the last token that it signed has expired.
#[derive(Clone, Debug)]
pub struct SigningKeys {
    current: SigningKey,
    older: Vec<SigningKey>,
}

impl SigningKeys {
    /// `current` signs; `older` ones verify what they signed before.
    ///
    /// # Errors
    /// [`SigningKeyError::RepeatedId`] when two of them share an id.
    pub fn new(current: SigningKey, older: Vec<SigningKey>) -> Result<Self, SigningKeyError> {
        let mut seen = std::collections::HashSet::from([current.id.as_str()]);
        match older.iter().find(|key| !seen.insert(&key.id)) {
            Some(repeated) => Err(SigningKeyError::RepeatedId(repeated.id.clone())),
            None => Ok(Self { current, older }),
        }
    }

    pub(super) fn current(&self) -> &SigningKey {
        &self.current
    }

    pub(super) fn find(&self, id: &str) -> Option<&SigningKey> {
        std::iter::once(&self.current).chain(&self.older).find(|key| key.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: [u8; 32] = *b"0123456789abcdef0123456789abcdef";

    #[test]
    fn takes_no_secret_that_is_shorter_than_the_signature() {
        assert!(SigningKey::new("a", &SECRET).is_ok());
        let refused = SigningKey::new("a", &SECRET[1..]).map_err(|e| e.to_string());
        assert_eq!(refused.unwrap_err(), "the secret of key a must have at least 32 bytes, has 31");
    }

    #[test]
    fn takes_ids_that_are_plain_names_alone() {
        let long = "a".repeat(65);
        for id in ["", "a b", "../a", "a,b", "a:b", "ä", "a\0", &long] {
            let refused = SigningKey::new(id, &SECRET).map(|key| key.id);
            assert_eq!(refused, Err(SigningKeyError::MalformedId), "{id}");
        }
        for id in ["1", "2026-03.a_B", &long[1..]] {
            assert!(SigningKey::new(id, &SECRET).is_ok(), "{id}");
        }
    }

    #[test]
    fn takes_no_two_keys_of_one_id() {
        let key = |id| SigningKey::new(id, &SECRET).unwrap();
        for older in [vec![key("a")], vec![key("b"), key("b")]] {
            assert!(SigningKeys::new(key("a"), older).is_err());
        }
        assert!(SigningKeys::new(key("a"), vec![key("b"), key("c")]).is_ok());
    }

    #[test]
    fn never_shows_a_secret() {
        let key = |id| SigningKey::new(id, &SECRET).unwrap();
        let keys = SigningKeys::new(key("new"), vec![key("old")]).unwrap();

        let shown = format!("{keys:?} {keys:#?}");

        assert!(shown.contains("new") && shown.contains("old"));
        assert!(!shown.contains("0123") && !shown.contains("48, 49"), "{shown}");
    }
}
