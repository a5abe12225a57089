use std::sync::Arc;
use std::time::Duration;

use metrics::counter;
use reelmark_application::background::{BackgroundUseCases, RelayedMessages};
use reelmark_application::messages::Channel;
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::pause::pause;
use crate::{measures, names};

/// How long to wait when the outbox is empty. It is the greater part of the time from a rating's
/// commit to its summary; meanwhile a batch gathers, which costs the store little more than one
/// message.
const IDLE: Duration = Duration::from_millis(50);

/// The same for messages that nobody waits for at their keyboard.
const UNHURRIED: Duration = Duration::from_millis(250);

/// The queue answered for none of the messages it was given. They wait in the outbox; asking again
/// at once would only spin.
#[derive(Debug, Error)]
#[error("the queue took none of the messages")]
struct NoneTaken;

/// Moves messages of one channel from the outbox to its queue until told to stop; a batch under
/// way is finished.
pub(crate) async fn run(
    background: Arc<dyn BackgroundUseCases>,
    channel: Channel,
    stop: CancellationToken,
) {
    let mut backoff = Backoff::new(names::relay(channel));
    while !stop.is_cancelled() {
        let wait = relay(&*background, channel, &mut backoff).await;
        pause(&stop, wait).await;
    }
}

/// Moves one batch; returns how long to wait before the next.
async fn relay(
    background: &dyn BackgroundUseCases,
    channel: Channel,
    backoff: &mut Backoff,
) -> Duration {
    match background.relay_messages(channel).await {
        Ok(relayed) => {
            count(channel, relayed);
            next_round(channel, relayed, backoff)
        }
        Err(error) => backoff.failed(&error),
    }
}

fn count(channel: Channel, relayed: RelayedMessages) {
    let channel = channel.name();
    counter!(measures::RELAYED, "channel" => channel).increment(relayed.confirmed as u64);
    counter!(measures::BURIED, "channel" => channel).increment(relayed.buried as u64);
}

fn next_round(channel: Channel, relayed: RelayedMessages, backoff: &mut Backoff) -> Duration {
    match relayed {
        RelayedMessages { claimed: 1.., confirmed: 0, buried: 0 } => backoff.failed(&NoneTaken),
        _ if relayed.is_full() => backoff.worked(Duration::ZERO),
        _ if channel == Channel::Ratings => backoff.worked(IDLE),
        _ => backoff.worked(UNHURRIED),
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
        background.expect_relay_messages().returning(move |_| lines.next());
        run(Arc::new(background), Channel::Ratings, stop).await;
        script.times()
    }

    #[tokio::test(start_paused = true)]
    async fn asks_again_at_once_while_more_may_be_waiting() {
        let times = rounds(vec![found(500, 500), found(1, 1), found(0, 0), found(0, 0)]).await;
        assert_eq!(times, [0, 0, 50, 100]);
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
