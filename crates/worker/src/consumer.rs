use std::sync::Arc;
use std::time::Duration;

use metrics::{counter, histogram};
use reelmark_application::background::BackgroundUseCases;
use reelmark_application::messages::Channel;
use reelmark_application::ports::{Clock, Delivery, MessageConsumer, QueueError, Verdict};
use thiserror::Error;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::commits::Commits;
use crate::pause::pause;
use crate::{measures, names};

/// How many ratings are counted in one transaction.
const BATCH: usize = 500;

/// The same for ratings of files. Each is of another movie, so a transaction takes long, and whoever
/// rates meanwhile waits for it where there is one writer.
const BATCH_OF_MANY_MOVIES: usize = 100;

/// Takes messages from the queue of one channel and has them worked on.
pub(crate) struct Consumer {
    pub channel: Channel,
    pub background: Arc<dyn BackgroundUseCases>,
    pub consumer: Arc<dyn MessageConsumer>,
    pub clock: Arc<dyn Clock>,
}

/// Why a batch has to come again.
#[derive(Debug, Error)]
enum Setback {
    #[error(transparent)]
    Queue(#[from] QueueError),
    #[error("what all messages need can't be reached")]
    Postponed,
}

impl Consumer {
    /// Runs until told to stop. Waiting for messages can be broken off; a batch that was taken is
    /// worked on and settled first.
    pub(crate) async fn run(self, stop: CancellationToken) {
        let mut backoff = Backoff::new(names::consumer(self.channel));
        let most = self.most_at_once();
        while let Some(batch) = stop.run_until_cancelled(self.consumer.next_batch(most)).await {
            let wait = match self.work_on(batch).await {
                Ok(()) => backoff.worked(Duration::ZERO),
                Err(setback) => backoff.failed(&setback),
            };
            pause(&stop, wait).await;
        }
    }

    /// Settles the batch even when it has to wait, so that the queue brings it back at once and
    /// not only when the connection breaks.
    async fn work_on(&self, batch: Result<Vec<Delivery>, QueueError>) -> Result<(), Setback> {
        let deliveries = batch?;
        histogram!(measures::BATCH_SIZE, "channel" => self.channel.name())
            .record(deliveries.len() as f64);
        let commits = Commits::of(&deliveries);
        let verdicts = self.background.consume(self.channel, deliveries).await;
        commits.measure(&verdicts, self.clock.now());
        self.count(&verdicts);
        let must_wait = verdicts.iter().any(|(_, v)| *v == Verdict::Postpone);
        self.consumer.settle(verdicts).await?;
        match must_wait {
            true => Err(Setback::Postponed),
            false => Ok(()),
        }
    }

    /// Ratings are quick together. Anything else takes its time, and what is taken can't be done by
    /// another worker.
    fn most_at_once(&self) -> usize {
        match self.channel {
            Channel::Ratings => BATCH,
            Channel::DatedRatings => BATCH_OF_MANY_MOVIES,
            Channel::Mail | Channel::Reports | Channel::Imports => 1,
        }
    }

    fn count(&self, verdicts: &[(u64, Verdict)]) {
        let channel = self.channel.name();
        for (_, verdict) in verdicts {
            let name = match verdict {
                Verdict::Done => "done",
                Verdict::Retry { .. } => "retry",
                Verdict::Postpone => "postpone",
                Verdict::Refuse { .. } => "refuse",
            };
            counter!(measures::SETTLED, "channel" => channel, "verdict" => name).increment(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOON, Script, delivery, queue_away};
    use reelmark_application::background::MockBackgroundUseCases;
    use reelmark_application::ports::{MockClock, MockMessageConsumer};
    use std::sync::Mutex;
    use time::Duration as Span;

    type Batches = Vec<Result<Vec<Delivery>, QueueError>>;
    type Verdicts = Vec<(u64, Verdict)>;

    /// A background that answers every delivery alike.
    fn answering(verdict: Verdict) -> MockBackgroundUseCases {
        let mut background = MockBackgroundUseCases::new();
        background.expect_consume().returning(move |_, batch| {
            let receipts = batch.into_iter().map(|delivery| delivery.receipt);
            receipts.map(|r| (r, verdict.clone())).collect()
        });
        background
    }

    /// Runs the consumer over `batches`; returns when each was asked for and what was settled.
    async fn consume(
        background: MockBackgroundUseCases,
        batches: Batches,
    ) -> (Vec<u128>, Verdicts) {
        let script = Script::new(batches);
        let settled = Arc::new(Mutex::new(Verdicts::new()));
        let (lines, seen) = (script.clone(), settled.clone());
        let mut consumer = MockMessageConsumer::new();
        consumer.expect_next_batch().returning(move |_| lines.next());
        consumer.expect_settle().returning(move |verdicts| {
            seen.lock().unwrap().extend(verdicts);
            Ok(())
        });
        let mut clock = MockClock::new();
        clock.expect_now().return_const(NOON + Span::seconds(3));
        Consumer {
            channel: Channel::Ratings,
            background: Arc::new(background),
            consumer: Arc::new(consumer),
            clock: Arc::new(clock),
        }
        .run(script.end())
        .await;
        let settled = settled.lock().unwrap().clone();
        (script.times(), settled)
    }

    #[tokio::test(start_paused = true)]
    async fn settles_every_delivery() {
        let batches = vec![Ok(vec![delivery(1), delivery(2)]), Ok(vec![delivery(3)])];
        let (times, settled) = consume(answering(Verdict::Done), batches).await;
        let expected = [1, 2, 3].map(|receipt| (receipt, Verdict::Done));
        assert_eq!(settled, expected);
        assert_eq!(times, [0, 0]);
    }

    #[tokio::test(start_paused = true)]
    async fn settles_and_then_waits_while_the_store_is_down() {
        let batches = vec![Ok(vec![delivery(1)]), Ok(vec![delivery(1)]), Ok(vec![delivery(1)])];
        let (times, settled) = consume(answering(Verdict::Postpone), batches).await;
        assert_eq!(settled.len(), 3);
        assert_eq!(times, [0, 100, 300]);
    }

    #[tokio::test(start_paused = true)]
    async fn backs_off_while_the_queue_is_down() {
        let batches = vec![Err(queue_away()), Err(queue_away()), Ok(vec![delivery(1)])];
        let (times, settled) = consume(answering(Verdict::Done), batches).await;
        assert_eq!(settled.len(), 1);
        assert_eq!(times, [0, 100, 300]);
    }

    #[tokio::test(start_paused = true)]
    async fn measures_the_time_from_commit_to_summary() {
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let _guard = metrics::set_default_local_recorder(&recorder);
        let batch = vec![delivery(1), delivery(2)];

        consume(answering(Verdict::Done), vec![Ok(batch)]).await;

        let text = recorder.handle().render();
        assert!(text.contains("reelmark_commit_to_summary_seconds_sum 6"), "{text}");
        assert!(text.contains("reelmark_commit_to_summary_seconds_count 2"), "{text}");
        assert!(text.contains("reelmark_consumer_batch_size_sum{channel=\"ratings\"} 2"), "{text}");
        assert!(
            text.contains(
                "reelmark_deliveries_settled_total{channel=\"ratings\",verdict=\"done\"} 2"
            ),
            "{text}"
        );
    }
}
