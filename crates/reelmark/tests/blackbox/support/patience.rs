//! Waiting for what takes a moment, never longer than it takes.

use std::fmt::Debug;
use std::thread;
use std::time::{Duration, Instant};

/// Much longer than anything takes, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE_BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Looks again and again until there is something to see; `None` once `limit` has passed.
pub fn poll<T>(limit: Duration, look: impl FnMut() -> Option<T>) -> Option<T> {
    poll_every(PAUSE_BETWEEN_LOOKS, limit, look)
}

/// The same with another pause, where each look costs something.
pub fn poll_every<T>(
    pause: Duration,
    limit: Duration,
    mut look: impl FnMut() -> Option<T>,
) -> Option<T> {
    let deadline = Instant::now() + limit;
    loop {
        let seen = look();
        if seen.is_some() || Instant::now() >= deadline {
            return seen;
        }
        thread::sleep(pause);
    }
}

/// Waits until `look` sees something.
#[track_caller]
pub fn wait_for<T>(what: &str, look: impl FnMut() -> Option<T>) -> T {
    poll(PATIENCE, look).unwrap_or_else(|| panic!("not within {PATIENCE:?}: {what}"))
}

/// Waits until `look` sees `expected`.
#[track_caller]
pub fn eventually<T: PartialEq + Debug>(expected: T, look: impl FnMut() -> T) {
    within(PATIENCE, expected, look);
}

/// Waits no longer than `limit` until `look` sees `expected`.
#[track_caller]
pub fn within<T: PartialEq + Debug>(limit: Duration, expected: T, mut look: impl FnMut() -> T) {
    let mut last = None;
    let seen = poll(limit, || {
        let now = look();
        let is_it = now == expected;
        last = Some(now);
        is_it.then_some(())
    });
    assert!(seen.is_some(), "expected {expected:?} within {limit:?}, last saw {last:?}");
}
