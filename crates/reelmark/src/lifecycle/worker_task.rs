use std::future::pending;
use std::time::Duration;

use reelmark_worker::{Worker, WorkerError};
use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::failure::{Failure, OrFail};

/// How long the worker may take to finish what is under way. What it doesn't finish stays in the
/// outbox.
const PATIENCE: Duration = Duration::from_secs(10);

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

    /// Lets the worker finish what is under way.
    pub async fn stop(self) -> Result<(), Failure> {
        self.stop.cancel();
        let Some(mut running) = self.running else {
            return Ok(());
        };
        match timeout(PATIENCE, &mut running).await {
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
