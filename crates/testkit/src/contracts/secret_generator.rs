//! The contracts of `SecretGenerator`.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

use reelmark_application::ports::SecretGenerator;

/// What every contract is given.
type Secrets = Arc<dyn SecretGenerator>;

pub async fn secrets_made_on_eight_threads_all_differ(secrets: Secrets) {
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let secrets = secrets.clone();
            thread::spawn(move || (0..500).map(|_| secrets.new_secret()).collect::<Vec<_>>())
        })
        .collect();

    let made: Vec<_> = threads.into_iter().flat_map(|t| t.join().unwrap()).collect();

    let distinct: HashSet<_> = made.iter().map(|secret| secret.expose()).collect();
    assert_eq!((made.len(), distinct.len()), (4_000, 4_000));
}

/// 43 characters of an alphabet of 64 hold 256 bits.
pub async fn a_secret_has_at_least_43_letters_digits_dashes_or_underscores(secrets: Secrets) {
    for secret in (0..1_000).map(|_| secrets.new_secret()) {
        let text = secret.expose();
        let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        assert!(text.len() >= 43 && is_plain, "{text:?}");
    }
}

pub async fn every_place_of_a_secret_is_random(secrets: Secrets) {
    let made: Vec<_> = (0..1_000).map(|_| secrets.new_secret()).collect();
    for place in 0..42 {
        let seen: HashSet<_> = made.iter().map(|s| s.expose().as_bytes()[place]).collect();
        assert!(seen.len() > 32, "place {place} knows {} characters", seen.len());
    }
}

/// Declares one test per contract of `SecretGenerator`.
///
/// `$fresh` is an `async fn() -> Arc<dyn SecretGenerator>`.
#[macro_export]
macro_rules! secret_generator_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { secret_generator, $fresh,
            secrets_made_on_eight_threads_all_differ,
            a_secret_has_at_least_43_letters_digits_dashes_or_underscores,
            every_place_of_a_secret_is_random,
        }
    };
}
