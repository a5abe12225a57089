//! The contracts of `IdGenerator`.

use std::collections::HashSet;
use std::sync::Arc;
use std::thread;

use reelmark_application::ports::IdGenerator;

/// What every contract is given.
type Ids = Arc<dyn IdGenerator>;

pub async fn ids_made_on_eight_threads_all_differ(ids: Ids) {
    let threads: Vec<_> = (0..8)
        .map(|_| {
            let ids = ids.clone();
            thread::spawn(move || (0..5_000).map(|_| ids.new_id()).collect::<Vec<_>>())
        })
        .collect();

    let made: Vec<_> = threads.into_iter().flat_map(|t| t.join().unwrap()).collect();

    let distinct: HashSet<_> = made.iter().collect();
    assert_eq!((made.len(), distinct.len()), (40_000, 40_000));
}

pub async fn an_id_has_1_to_64_letters_digits_or_dashes(ids: Ids) {
    for id in (0..1_000).map(|_| ids.new_id()) {
        assert!((1..=64).contains(&id.len()), "{id:?}");
        let is_plain = id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        assert!(is_plain, "{id:?}");
    }
}

/// Declares one test per contract of `IdGenerator`.
///
/// `$fresh` is an `async fn() -> Arc<dyn IdGenerator>`.
#[macro_export]
macro_rules! id_generator_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { id_generator, $fresh,
            ids_made_on_eight_threads_all_differ,
            an_id_has_1_to_64_letters_digits_or_dashes,
        }
    };
}
