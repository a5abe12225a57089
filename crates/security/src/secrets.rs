use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rand::rand_core::UnwrapErr;
use rand::rngs::SysRng;
use rand::{Rng, RngExt};
use reelmark_application::ports::SecretGenerator;
use reelmark_domain::Secret;

/// Letters and digits that nobody mistakes for one another when reading them off a screen.
const READABLE: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS: usize = 6;
const GROUP_LENGTH: usize = 5;

/// Makes secrets of 256 random bits from the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemSecretGenerator;

impl SecretGenerator for SystemSecretGenerator {
    /// # Panics
    /// When the operating system has no randomness to give, because nothing can be kept safe then.
    fn new_secret(&self) -> Secret {
        Secret::of_random_bytes(&random_bytes())
    }
}

/// A random secret of 256 bits from the operating system, as 43 characters of base64url.
///
/// # Panics
/// When the operating system has no randomness to give, because nothing can be kept safe then.
#[must_use]
pub fn generate_secret() -> String {
    URL_SAFE_NO_PAD.encode(random_bytes())
}

fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    UnwrapErr(SysRng).fill_bytes(&mut bytes);
    bytes
}

/// A random password that can be read aloud: six groups of five characters, 148 bits, from the
/// operating system.
///
/// # Panics
/// When the operating system has no randomness to give.
#[must_use]
pub fn generate_password() -> String {
    let groups: Vec<_> = (0..GROUPS).map(|_| group()).collect();
    groups.join("-")
}

fn group() -> String {
    let mut random = UnwrapErr(SysRng);
    (0..GROUP_LENGTH)
        .map(|_| char::from(READABLE[random.random_range(0..READABLE.len())]))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use reelmark_domain::PlainPassword;

    use super::*;

    #[test]
    fn a_secret_has_256_bits() {
        let bytes = URL_SAFE_NO_PAD.decode(generate_secret()).unwrap();
        assert_eq!(bytes.len(), 32);
    }

    #[test]
    fn a_password_has_at_least_128_bits() {
        let bits = (READABLE.len() as f64).log2() * (GROUPS * GROUP_LENGTH) as f64;
        assert!(bits >= 128.0, "{bits}");
    }

    #[test]
    fn a_password_is_long_enough_to_be_used() {
        for _ in 0..100 {
            let password = generate_password();
            assert_eq!(password.len(), 35, "{password}");
            assert!(PlainPassword::parse(&password).is_ok(), "{password}");
        }
    }

    #[test]
    fn a_password_uses_readable_characters_and_all_of_them() {
        let text: String = (0..200).map(|_| generate_password()).collect();
        let used: HashSet<u8> = text.bytes().filter(|b| *b != b'-').collect();
        assert_eq!(used, READABLE.iter().copied().collect());
    }

    #[test]
    fn nothing_is_made_twice() {
        let secrets: HashSet<_> = (0..1_000).map(|_| generate_secret()).collect();
        let passwords: HashSet<_> = (0..1_000).map(|_| generate_password()).collect();
        assert_eq!((secrets.len(), passwords.len()), (1_000, 1_000));
    }
}
