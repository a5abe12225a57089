use std::future::pending;
use std::time::Duration;

use reelmark_worker::{Worker, WorkerError};
use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::failure::{Failure, OrFail};

type Ended = Result<Result<(), WorkerError>, JoinError>;

/// The worker of this process, if it has one.
pub struct WorkerTask {
    stop: CancellationToken,
    running: Option<JoinHandle<Result<(), WorkerError>>>,
}

impl WorkerTask {
    /// Runs `worker` on the threads of `io`.
    pub fn start(worker: Worker, io: &Handle) -> Self {
        let stop = CancellationToken::new();
        let running = Some(io.spawn(worker.run(stop.clone())));
        Self { stop, running }
    }

    /// A process that only answers requests.
    pub fn none() -> Self {
        Self { stop: CancellationToken::new(), running: None }
    }

    /// Waits for the worker to end although nobody told it to.
    pub async fn dies(&mut self) -> Failure {
        let Some(running) = &mut self.running else {
            return pending().await;
        };
        let ended = running.await;
        self.running = None;
        match judge(ended) {
            Ok(()) => Failure::new("the worker stopped by itself"),
            Err(failure) => failure,
        }
    }

    /// Lets the worker finish what is under way, for up to `patience`. What it doesn't finish stays
    /// in the outbox or the queue.
    pub async fn stop(self, patience: Duration) -> Result<(), Failure> {
        self.stop.cancel();
        let Some(mut running) = self.running else {
            return Ok(());
        };
        match timeout(patience, &mut running).await {
            Ok(ended) => judge(ended),
            Err(_) => {
                running.abort();
                log::warn!("the worker took too long to stop; what it left is done later");
                Ok(())
            }
        }
    }
}

fn judge(ended: Ended) -> Result<(), Failure> {
    const BROKE: &str = "the worker broke down";
    ended.or_fail(BROKE)?.or_fail(BROKE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_trait::async_trait;
    use reelmark_application::background::{BackgroundUseCases, RelayedMessages, WaitingWork};
    use reelmark_application::housekeeping::{HousekeepingUseCases, Swept};
    use reelmark_application::messages::Channel;
    use reelmark_application::ports::{DeadDelivery, Delivery, MessageConsumer};
    use reelmark_application::ports::{QueueError, RepositoryError, Verdict};
    use reelmark_application::summary_audit::MockSummaryAuditUseCases;
    use reelmark_memory::SystemClock;
    use reelmark_worker::Consumers;
    use std::sync::Arc;

    const PATIENCE: Duration = Duration::from_secs(10);

    /// Work that never comes to an end, and breaks down when told so.
    struct Endless {
        breaks_down: bool,
    }

    #[async_trait]
    impl BackgroundUseCases for Endless {
        async fn relay_messages(&self, _: Channel) -> Result<RelayedMessages, RepositoryError> {
            assert!(!self.breaks_down, "a bug");
            pending().await
        }

        async fn consume(&self, _: Channel, _: Vec<Delivery>) -> Vec<(u64, Verdict)> {
            vec![]
        }

        async fn keep_dead_letters(&self, _: Vec<DeadDelivery>) -> Result<(), RepositoryError> {
            Ok(())
        }

        async fn measure_backlog(&self) -> Result<WaitingWork, RepositoryError> {
            Ok(WaitingWork::default())
        }

        async fn rescore_summaries(&self) -> Result<usize, RepositoryError> {
            Ok(0)
        }
    }

    #[async_trait]
    impl HousekeepingUseCases for Endless {
        async fn sweep(&self) -> Result<Vec<Swept>, RepositoryError> {
            Ok(vec![])
        }
    }

    #[async_trait]
    impl MessageConsumer for Endless {
        async fn next_batch(&self, _max: usize) -> Result<Vec<Delivery>, QueueError> {
            pending().await
        }

        async fn waiting(&self) -> Result<u64, QueueError> {
            Ok(0)
        }

        async fn settle(&self, _verdicts: Vec<(u64, Verdict)>) -> Result<(), QueueError> {
            Ok(())
        }
    }

    fn start(breaks_down: bool) -> WorkerTask {
        let endless = Arc::new(Endless { breaks_down });
        let queue: Arc<dyn MessageConsumer> = endless.clone();
        let consumers = Consumers::from([(Channel::Ratings, queue)]);
        let mut audit = MockSummaryAuditUseCases::new();
        audit.expect_confirm_drifts().returning(Ok);
        audit.expect_compare_summaries().returning(|_, _| Ok(Default::default()));
        let (audit, clock) = (Arc::new(audit), Arc::new(SystemClock));
        let worker = Worker::new(endless.clone(), endless, audit, consumers, clock);
        WorkerTask::start(worker, &Handle::current())
    }

    #[tokio::test]
    async fn tells_when_the_worker_breaks_down() {
        let mut task = start(true);
        let failure = task.dies().await;
        assert_eq!(failure.to_string(), "the worker broke down");
        assert!(task.stop(PATIENCE).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn does_not_wait_for_ever_for_what_is_under_way() {
        assert!(start(false).stop(PATIENCE).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn no_worker_never_dies() {
        let mut task = WorkerTask::none();
        let waited = timeout(Duration::from_secs(3600), task.dies()).await;
        assert!(waited.is_err());
        assert!(task.stop(PATIENCE).await.is_ok());
    }
}
