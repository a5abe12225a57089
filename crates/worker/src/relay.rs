use std::sync::Arc;
use std::time::Duration;

use metrics::counter;
use reelmark_application::background::{BackgroundUseCases, RelayedMessages};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::measures;
use crate::pause::pause;

/// How long to wait when the outbox was empty. It is the greater part of the time from a rating's
/// commit to its summary when little happens.
const IDLE: Duration = Duration::from_millis(50);

/// The queue answered for none of the messages it was given. They wait in the outbox; asking again
/// at once would only spin.
#[derive(Debug, Error)]
#[error("the queue took none of the messages")]
struct NoneTaken;

/// Moves messages from the outbox to the queue until told to stop; a batch under way is finished.
pub(crate) async fn run(background: Arc<dyn BackgroundUseCases>, stop: CancellationToken) {
    let mut backoff = Backoff::new("relay");
    while !stop.is_cancelled() {
        let wait = relay(&*background, &mut backoff).await;
        pause(&stop, wait).await;
    }
}

/// Moves one batch; returns how long to wait before the next.
async fn relay(background: &dyn BackgroundUseCases, backoff: &mut Backoff) -> Duration {
    match background.relay_messages().await {
        Ok(relayed) => {
            count(relayed);
            next_round(relayed, backoff)
        }
        Err(error) => backoff.failed(&error),
    }
}

fn count(relayed: RelayedMessages) {
    counter!(measures::RELAYED).increment(relayed.confirmed as u64);
    counter!(measures::BURIED).increment(relayed.buried as u64);
}

fn next_round(relayed: RelayedMessages, backoff: &mut Backoff) -> Duration {
    match relayed {
        RelayedMessages { claimed: 0, .. } => backoff.worked(IDLE),
        RelayedMessages { confirmed: 0, buried: 0, .. } => backoff.failed(&NoneTaken),
        _ => backoff.worked(Duration::ZERO),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Script, away};
    use reelmark_application::background::MockBackgroundUseCases;
    use reelmark_application::ports::RepositoryError;

    fn found(claimed: usize, confirmed: usize) -> Result<RelayedMessages, RepositoryError> {
        Ok(RelayedMessages { claimed, confirmed, buried: 0 })
    }

    /// Runs the relay over `rounds` and returns when each of them began, in milliseconds.
    async fn rounds(rounds: Vec<Result<RelayedMessages, RepositoryError>>) -> Vec<u128> {
        let script = Script::new(rounds);
        let mut background = MockBackgroundUseCases::new();
        let (stop, lines) = (script.end(), script.clone());
        background.expect_relay_messages().returning(move || lines.next());
        run(Arc::new(background), stop).await;
        script.times()
    }

    #[tokio::test(start_paused = true)]
    async fn asks_again_at_once_while_messages_were_found() {
        let times = rounds(vec![found(500, 500), found(1, 1), found(0, 0), found(0, 0)]).await;
        assert_eq!(times, [0, 0, 0, 50]);
    }

    #[tokio::test(start_paused = true)]
    async fn backs_off_while_the_store_is_down() {
        let down = || Err(away());
        let times = rounds(vec![down(), down(), down(), found(0, 0), down(), down()]).await;
        assert_eq!(times, [0, 100, 300, 700, 750, 850]);
    }

    #[tokio::test(start_paused = true)]
    async fn backs_off_while_the_queue_takes_nothing() {
        let times = rounds(vec![found(500, 0), found(500, 0), found(500, 9), found(0, 0)]).await;
        assert_eq!(times, [0, 100, 300, 300]);
    }
}
