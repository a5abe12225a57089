use std::thread;
use std::time::{Duration, Instant};

const PAUSE_BETWEEN_LOOKS: Duration = Duration::from_millis(10);

/// Looks again and again until there is something to see; `None` once `limit` has passed.
pub(super) fn poll<T>(limit: Duration, mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + limit;
    loop {
        let seen = look();
        if seen.is_some() || Instant::now() >= deadline {
            return seen;
        }
        thread::sleep(PAUSE_BETWEEN_LOOKS);
    }
}

/// Whether `condition` came true within `limit`.
pub(super) fn comes_true(limit: Duration, mut condition: impl FnMut() -> bool) -> bool {
    poll(limit, || condition().then_some(())).is_some()
}
