use time::Duration;

use crate::ports::{Clock, DeadLetters, Outbox, RepositoryError};

/// How much waits to be done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitingWork {
    /// How many messages no queue has taken over yet.
    pub outbox_depth: u64,
    /// For how long the oldest of them has waited.
    pub oldest_age: Duration,
    /// How many messages wait for somebody to decide about them.
    pub dead_letters: u64,
}

pub(super) async fn run(
    outbox: &dyn Outbox,
    dead_letters: &dyn DeadLetters,
    clock: &dyn Clock,
) -> Result<WaitingWork, RepositoryError> {
    let backlog = outbox.backlog().await?;
    // Clocks of two machines may differ, so that a message can seem to come from the future.
    let age = backlog.oldest.map_or(Duration::ZERO, |oldest| clock.now() - oldest);
    Ok(WaitingWork {
        outbox_depth: backlog.depth,
        oldest_age: age.max(Duration::ZERO),
        dead_letters: dead_letters.count().await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{Backlog, MockDeadLetters, MockOutbox};
    use crate::testing::{NOW, clock};

    async fn measure(depth: u64, oldest: Option<time::OffsetDateTime>) -> WaitingWork {
        let mut outbox = MockOutbox::new();
        outbox.expect_backlog().return_once(move || Ok(Backlog { depth, oldest }));
        let mut letters = MockDeadLetters::new();
        letters.expect_count().returning(|| Ok(3));
        run(&outbox, &letters, &clock()).await.unwrap()
    }

    #[tokio::test]
    async fn tells_how_long_the_oldest_message_has_waited() {
        let age = Duration::seconds(90);
        let expected = WaitingWork { outbox_depth: 2, oldest_age: age, dead_letters: 3 };
        assert_eq!(measure(2, Some(NOW - age)).await, expected);
    }

    #[tokio::test]
    async fn nothing_has_waited_for_less_than_no_time() {
        assert_eq!(measure(0, None).await.oldest_age, Duration::ZERO);
        assert_eq!(measure(1, Some(NOW + Duration::SECOND)).await.oldest_age, Duration::ZERO);
    }
}
