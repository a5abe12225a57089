use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Another process that waits for the lock of the file looks for it every tenth of a second.
const REST: Duration = Duration::from_millis(110);

/// How long the lock is taken, again and again, before others get their turn.
const AFTER: Duration = Duration::from_millis(500);

/// Rests between the chunks of an import, for the sake of a service that writes into the same file:
/// SQLite hands its lock to whoever comes first, which would always be the import.
#[derive(Default)]
pub(super) struct Rests {
    written: Mutex<Duration>,
}

impl Rests {
    pub async fn after<T>(&self, write: impl Future<Output = T>) -> T {
        let began = Instant::now();
        let done = write.await;
        if self.is_due(began.elapsed()) {
            sleep(REST).await;
        }
        done
    }

    fn is_due(&self, took: Duration) -> bool {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        *written += took;
        let is_due = *written >= AFTER;
        if is_due {
            *written = Duration::ZERO;
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_get_their_turn_now_and_then() {
        let rests = Rests::default();
        let took = Duration::from_millis(200);
        let due: Vec<bool> = (0..6).map(|_| rests.is_due(took)).collect();
        assert_eq!(due, [false, false, true, false, false, true]);
    }
}
