use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use crate::error::{Failure, Result};

/// How many of the long reads of one kind are under way at once. A server that works on all of them
/// at once finishes none sooner, and they would take every connection from the short ones.
const AT_ONCE: usize = 4;

/// How long a read waits for its turn before it is turned away.
const PATIENCE: Duration = Duration::from_secs(1);

/// Lets long reads take turns, first come first served.
pub(crate) struct Turns(Semaphore);

impl Turns {
    pub(crate) fn new() -> Self {
        Self(Semaphore::new(AT_ONCE))
    }

    /// Waits for a turn, which lasts until what is returned is dropped.
    pub(crate) async fn take(&self) -> Result<SemaphorePermit<'_>> {
        let turn = timeout(PATIENCE, self.0.acquire()).await;
        turn.ok().and_then(|turn| turn.ok()).ok_or(Failure::Overloaded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_gets_no_turn_is_turned_away() {
        let turns = Turns::new();
        let mut taken = Vec::new();
        for _ in 0..AT_ONCE {
            taken.push(turns.take().await.unwrap());
        }
        assert!(matches!(turns.take().await, Err(Failure::Overloaded)));

        taken.pop();
        assert!(turns.take().await.is_ok());
    }
}
