use std::sync::Arc;
use std::time::Duration;

use metrics::counter;
use reelmark_application::background::BackgroundUseCases;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{DeadDelivery, DeadLetterQueue, QueueError, RepositoryError};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::pause::pause;
use crate::{measures, names};

const BATCH: usize = 50;

#[derive(Debug, Error)]
enum Setback {
    #[error(transparent)]
    Queue(#[from] QueueError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// Moves what a queue gave up to the store until told to stop; a batch that was taken is moved
/// first, or comes again.
pub(crate) async fn run(
    background: Arc<dyn BackgroundUseCases>,
    queue: Arc<dyn DeadLetterQueue>,
    stop: CancellationToken,
) {
    let mut backoff = Backoff::new(names::DEAD_LETTER_MOVER);
    while let Some(batch) = stop.run_until_cancelled(queue.next_batch(BATCH)).await {
        let wait = match move_all(&*background, &*queue, batch).await {
            Ok(()) => backoff.worked(Duration::ZERO),
            Err(setback) => backoff.failed(&setback),
        };
        pause(&stop, wait).await;
    }
}

async fn move_all(
    background: &dyn BackgroundUseCases,
    queue: &dyn DeadLetterQueue,
    batch: Result<Vec<DeadDelivery>, QueueError>,
) -> Result<(), Setback> {
    let deliveries = batch?;
    let receipts: Vec<u64> = deliveries.iter().map(|delivery| delivery.receipt).collect();
    let kinds = deliveries.iter().map(|delivery| Channel::of(&delivery.message.kind));
    let channels: Vec<Channel> = kinds.collect();
    if let Err(error) = background.keep_dead_letters(deliveries).await {
        queue.postpone(receipts).await?;
        return Err(error.into());
    }
    for channel in channels {
        counter!(measures::BURIED, "channel" => channel.name()).increment(1);
    }
    Ok(queue.acknowledge(receipts).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Script, away, delivery, queue_away};
    use reelmark_application::background::MockBackgroundUseCases;
    use reelmark_application::ports::MockDeadLetterQueue;

    fn dead(receipt: u64) -> DeadDelivery {
        DeadDelivery { message: delivery(1).message, reason: "poison".into(), receipt }
    }

    #[tokio::test(start_paused = true)]
    async fn acknowledges_what_is_kept() {
        let script = Script::new(vec![Ok(vec![dead(1), dead(2)])]);
        let mut queue = MockDeadLetterQueue::new();
        let lines = script.clone();
        queue.expect_next_batch().returning(move |_| lines.next());
        queue
            .expect_acknowledge()
            .withf(|receipts| *receipts == [1, 2])
            .once()
            .returning(|_| Ok(()));
        let mut background = MockBackgroundUseCases::new();
        background.expect_keep_dead_letters().once().returning(|_| Ok(()));
        run(Arc::new(background), Arc::new(queue), script.end()).await;
    }

    #[tokio::test(start_paused = true)]
    async fn has_letters_come_again_while_the_store_is_down() {
        let script = Script::new(vec![Err(queue_away()), Ok(vec![dead(1)]), Ok(vec![dead(2)])]);
        let mut queue = MockDeadLetterQueue::new();
        let lines = script.clone();
        queue.expect_next_batch().returning(move |_| lines.next());
        queue.expect_postpone().times(2).returning(|_| Ok(()));
        let mut background = MockBackgroundUseCases::new();
        background.expect_keep_dead_letters().returning(|_| Err(away()));
        run(Arc::new(background), Arc::new(queue), script.end()).await;
        assert_eq!(script.times(), [0, 100, 300]);
    }
}
