use std::sync::Arc;
use std::time::Duration;

use metrics::gauge;
use reelmark_application::background::{BackgroundUseCases, WaitingWork};
use reelmark_application::ports::{RepositoryError, SummaryDrift};
use reelmark_application::summary_audit::SummaryAuditUseCases;
use tokio_util::sync::CancellationToken;

use crate::backoff::Backoff;
use crate::pause::pause;
use crate::worker::Consumers;
use crate::{measures, names};

/// How often is looked. Two looks are further apart than a summary ever lags behind while all is
/// well.
const EVERY: Duration = Duration::from_secs(5);

/// How many summaries are compared with the ratings at each look.
const SAMPLE: usize = 20;

/// Tells operators what waits, and whether summaries still are what the ratings add up to.
pub(crate) struct Observer {
    background: Arc<dyn BackgroundUseCases>,
    audit: Arc<dyn SummaryAuditUseCases>,
    queues: Consumers,
    /// The last movie that was compared.
    after: i64,
    /// What differed at the last look.
    suspects: Vec<SummaryDrift>,
    /// What differed at two looks in the same way.
    drifts: Vec<SummaryDrift>,
}

impl Observer {
    pub(crate) fn new(
        background: Arc<dyn BackgroundUseCases>,
        audit: Arc<dyn SummaryAuditUseCases>,
        queues: Consumers,
    ) -> Self {
        Self { background, audit, queues, after: 0, suspects: vec![], drifts: vec![] }
    }

    /// Looks again and again until told to stop.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        let mut backoff = Backoff::new(names::OBSERVER);
        while !stop.is_cancelled() {
            let wait = match self.look().await {
                Ok(()) => backoff.worked(EVERY),
                Err(error) => backoff.failed(&error),
            };
            pause(&stop, wait).await;
        }
    }

    async fn look(&mut self) -> Result<(), RepositoryError> {
        let waiting = self.background.measure_backlog().await?;
        tell(waiting);
        self.measure_queues().await;
        // A summary differs rightly as long as messages wait.
        if waiting.outbox_depth == 0 {
            self.compare().await?;
        }
        Ok(())
    }

    async fn measure_queues(&self) {
        for (channel, queue) in &self.queues {
            // That a queue is away is told by those who need it.
            if let Ok(depth) = queue.waiting().await {
                gauge!(measures::QUEUE_DEPTH, "channel" => channel.name()).set(depth as f64);
            }
        }
    }

    async fn compare(&mut self) -> Result<(), RepositoryError> {
        let known = std::mem::take(&mut self.drifts);
        let known = self.audit.confirm_drifts(known).await?;
        let suspects = std::mem::take(&mut self.suspects);
        let found = self.audit.confirm_drifts(suspects).await?;
        for drift in &found {
            log::warn!(movie_id = drift.movie_id; "a summary is not what the ratings add up to");
        }
        self.drifts = [known, found].concat();
        gauge!(measures::DRIFT).set(self.drifts.len() as f64);
        let sample = self.audit.compare_summaries(self.after, SAMPLE).await?;
        self.after = sample.last.unwrap_or(0);
        let is_new = |drift: &SummaryDrift| !self.drifts.contains(drift);
        self.suspects = sample.drifts.into_iter().filter(is_new).collect();
        Ok(())
    }
}

fn tell(waiting: WaitingWork) {
    gauge!(measures::OUTBOX_DEPTH).set(waiting.outbox_depth as f64);
    gauge!(measures::OUTBOX_AGE).set(waiting.oldest_age.as_seconds_f64());
    gauge!(measures::DEAD_LETTERS).set(waiting.dead_letters as f64);
}

#[cfg(test)]
mod tests {
    use super::*;
    use reelmark_application::background::MockBackgroundUseCases;
    use reelmark_application::messages::Channel;
    use reelmark_application::ports::{ComparedSummaries, MessageConsumer, MockMessageConsumer};
    use reelmark_application::summary_audit::MockSummaryAuditUseCases;
    use time::Duration as Span;

    const DRIFT: SummaryDrift = SummaryDrift { movie_id: 4, stored: [0; 10], counted: [1; 10] };

    /// The metrics after so many looks at one movie that differs, while so many messages wait.
    async fn looking(looks: usize, outbox_depth: u64, stays: bool) -> String {
        let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
        let _guard = metrics::set_default_local_recorder(&recorder);
        let waiting = WaitingWork { outbox_depth, oldest_age: Span::seconds(7), dead_letters: 2 };
        let mut background = MockBackgroundUseCases::new();
        background.expect_measure_backlog().returning(move || Ok(waiting));
        let mut audit = MockSummaryAuditUseCases::new();
        audit
            .expect_confirm_drifts()
            .returning(move |suspects| Ok(if stays { suspects } else { vec![] }));
        audit.expect_compare_summaries().returning(|after, _| {
            let drifts = if after == 0 { vec![DRIFT] } else { vec![] };
            Ok(ComparedSummaries { compared: 1, last: (after == 0).then_some(4), drifts })
        });
        let mut queue = MockMessageConsumer::new();
        queue.expect_waiting().returning(|| Ok(11));
        let queue: Arc<dyn MessageConsumer> = Arc::new(queue);
        let queues = Consumers::from([(Channel::Ratings, queue)]);
        let mut observer = Observer::new(Arc::new(background), Arc::new(audit), queues);
        for _ in 0..looks {
            observer.look().await.unwrap();
        }
        recorder.handle().render()
    }

    #[tokio::test]
    async fn tells_what_waits() {
        let text = looking(1, 3, true).await;
        for line in [
            "reelmark_outbox_depth 3",
            "reelmark_outbox_oldest_age_seconds 7",
            "reelmark_dead_letters 2",
            "reelmark_queue_depth{channel=\"ratings\"} 11",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
    }

    #[tokio::test]
    async fn a_summary_that_differs_at_two_looks_has_drifted() {
        assert!(looking(1, 0, true).await.contains("reelmark_summary_drift_movies 0"));
        assert!(looking(2, 0, true).await.contains("reelmark_summary_drift_movies 1"));
        assert!(looking(9, 0, true).await.contains("reelmark_summary_drift_movies 1"));
    }

    #[tokio::test]
    async fn one_that_only_waited_for_its_message_has_not() {
        assert!(looking(3, 0, false).await.contains("reelmark_summary_drift_movies 0"));
        assert!(!looking(3, 1, true).await.contains("reelmark_summary_drift_movies"));
    }
}
