//! The contracts of `PasswordHasher`.

use std::sync::Arc;
use std::task::{Context, Waker};

use reelmark_application::ports::{PasswordHasher, PasswordHasherError};
use reelmark_domain::PlainPassword;
use tokio::task::unconstrained;

use super::races::at_once;

/// What every contract is given.
type Hasher = Arc<dyn PasswordHasher>;

pub async fn a_password_matches_its_hash(hasher: Hasher) {
    for text in ["open sesame 1", "  spaced  out  ", "пароль и 七人の侍", "\u{1f3ac}\t\u{7f}"]
    {
        let hash = hash(&hasher, text).await;
        assert!(verify(&hasher, text, &hash).await, "{text:?}");
    }
}

pub async fn another_password_does_not_match(hasher: Hasher) {
    let hash = hash(&hasher, "open sesame 1").await;

    for other in ["open sesame 2", "Open sesame 1", "open sesame 1 ", "open sesame", ""] {
        assert!(!verify(&hasher, other, &hash).await, "{other:?}");
    }
}

pub async fn every_byte_up_to_the_longest_password_counts(hasher: Hasher) {
    let longest = "a".repeat(PlainPassword::MAX_BYTES);
    let hash = hash(&hasher, &longest).await;

    assert!(verify(&hasher, &longest, &hash).await);
    assert!(!verify(&hasher, &longest[1..], &hash).await);
    assert!(!verify(&hasher, &format!("{}b", &longest[1..]), &hash).await);
}

pub async fn one_password_spelled_in_two_ways_matches(hasher: Hasher) {
    let hash = hash(&hasher, "Ame\u{301}lie Poulain").await;

    assert!(verify(&hasher, "Am\u{e9}lie Poulain", &hash).await);
    assert!(!verify(&hasher, "Amelie Poulain", &hash).await);
    assert!(!verify(&hasher, "Am\u{e8}lie Poulain", &hash).await);
}

pub async fn two_hashes_of_one_password_differ(hasher: Hasher) {
    let (one, other) = (hash(&hasher, "open sesame 1").await, hash(&hasher, "open sesame 1").await);

    assert_ne!(one, other);
    assert!(!one.contains("open") && !one.contains("sesame"), "{one}");
}

pub async fn without_a_hash_nothing_matches(hasher: Hasher) {
    for text in ["open sesame 1", "", "password"] {
        let password = PlainPassword::attempt(text).unwrap();
        assert!(!hasher.verify(password, None).await.unwrap(), "{text:?}");
    }
}

pub async fn a_hash_that_cannot_be_read_fails(hasher: Hasher) {
    let hash = hash(&hasher, "open sesame 1").await;
    let damaged = [
        String::new(),
        "x".into(),
        "open sesame 1".into(),
        hash[..hash.len() - 1].into(),
        hash[1..].into(),
        format!("{hash}x"),
        format!("{hash}\0"),
        hash.replace('$', "!"),
    ];

    for unreadable in damaged {
        let password = PlainPassword::attempt("open sesame 1").unwrap();
        let result = hasher.verify(password, Some(unreadable.clone())).await;
        let has_failed = matches!(result, Err(PasswordHasherError::Failed(_)));
        assert!(has_failed, "{unreadable:?} gave {result:?}");
    }
}

pub async fn a_new_hash_is_not_outdated(hasher: Hasher) {
    let hash = hash(&hasher, "open sesame 1").await;

    assert!(!hasher.is_outdated(&hash));
}

pub async fn a_hash_that_cannot_be_read_is_not_outdated(hasher: Hasher) {
    for hash in ["", "x", "$2b$", "open sesame 1"] {
        assert!(!hasher.is_outdated(hash), "{hash:?}");
    }
}

pub async fn hashing_never_holds_up_the_callers_thread(hasher: Hasher) {
    let hash = hash(&hasher, "open sesame 1").await;
    let password = PlainPassword::attempt("open sesame 1").unwrap();

    assert_waits(|| hasher.hash(password.clone()));
    assert_waits(|| hasher.verify(password.clone(), Some(hash.clone())));
    assert_waits(|| hasher.verify(password.clone(), None));
}

pub async fn of_60_logins_at_once_each_is_served_or_told_that_it_is_busy(hasher: Hasher) {
    let stored = hash(&hasher, "open sesame 1").await;
    let logins = (0..60).map(|n| {
        let (hasher, stored) = (hasher.clone(), stored.clone());
        let is_right = n % 2 == 0;
        let text = if is_right { "open sesame 1" } else { "open sesame 2" };
        let password = PlainPassword::attempt(text).unwrap();
        async move { (is_right, hasher.verify(password, Some(stored)).await) }
    });

    let mut served = 0;
    for (is_right, result) in at_once(logins).await {
        match result {
            Ok(matches) => {
                assert_eq!(matches, is_right);
                served += 1;
            }
            Err(PasswordHasherError::Busy) => {}
            Err(error) => panic!("expected an answer or Busy, got {error:?}"),
        }
    }
    assert!(served > 0, "nobody was served");
    assert!(verify(&hasher, "open sesame 1", &stored).await);
}

async fn hash(hasher: &Hasher, text: &str) -> String {
    let password = PlainPassword::attempt(text).unwrap();
    hasher.hash(password).await.unwrap()
}

async fn verify(hasher: &Hasher, text: &str, hash: &str) -> bool {
    let password = PlainPassword::attempt(text).unwrap();
    hasher.verify(password, Some(hash.into())).await.unwrap()
}

/// A call that did its work on this thread would always be done when it first comes back. One that
/// has it done elsewhere may be, too, when this thread is paused in the middle, so try often, and
/// unconstrained: tokio makes a task that never waits do so now and then.
fn assert_waits<C: Future>(call: impl Fn() -> C) {
    let has_waited = (0..1_000).any(|_| {
        let mut call = std::pin::pin!(unconstrained(call()));
        call.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending()
    });
    assert!(has_waited, "the caller's thread was held up");
}

/// Declares one test per contract of `PasswordHasher`.
///
/// `$fresh` is an `async fn() -> Arc<dyn PasswordHasher>`.
#[macro_export]
macro_rules! password_hasher_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { password_hasher, $fresh,
            a_password_matches_its_hash,
            another_password_does_not_match,
            every_byte_up_to_the_longest_password_counts,
            one_password_spelled_in_two_ways_matches,
            two_hashes_of_one_password_differ,
            without_a_hash_nothing_matches,
            a_hash_that_cannot_be_read_fails,
            a_new_hash_is_not_outdated,
            a_hash_that_cannot_be_read_is_not_outdated,
            hashing_never_holds_up_the_callers_thread,
            of_60_logins_at_once_each_is_served_or_told_that_it_is_busy,
        }
    };
}
