use std::num::NonZeroUsize;
use std::sync::Arc;

use metrics::{counter, describe_counter};
use reelmark_application::ports::PasswordHasherError;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

const COMPUTED: &str = "reelmark_password_hashes_total";
const TURNED_AWAY: &str = "reelmark_password_hashes_turned_away_total";

/// Runs slow computations on the blocking pool, a few at once, lets a few more wait and turns the
/// rest away immediately: during a flood of logins some are served, instead of all timing out.
#[derive(Clone, Debug)]
pub(super) struct HashingQueue {
    places: Arc<Semaphore>,
    permits: Arc<Semaphore>,
}

impl HashingQueue {
    /// `at_once` computations run while `waiting` more wait.
    pub fn new(at_once: NonZeroUsize, waiting: usize) -> Self {
        describe_counter!(COMPUTED, "Passwords hashed, whether to store or to compare them.");
        describe_counter!(TURNED_AWAY, "Passwords not hashed because too many were waiting.");
        let permits = at_once.get().min(Semaphore::MAX_PERMITS);
        let places = permits.saturating_add(waiting).min(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(places)),
            permits: Arc::new(Semaphore::new(permits)),
        }
    }

    /// The result of `work`, or [`PasswordHasherError::Busy`] when nobody may wait any more.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PasswordHasherError> {
        let Ok(place) = Arc::clone(&self.places).try_acquire_owned() else {
            counter!(TURNED_AWAY).increment(1);
            return Err(PasswordHasherError::Busy);
        };
        let permit = Arc::clone(&self.permits)
            .acquire_owned()
            .await
            .map_err(|closed| PasswordHasherError::Failed(closed.into()))?;
        counter!(COMPUTED).increment(1);
        // The computation can't be stopped when the caller goes away, so that it, and not the
        // caller, holds what it occupies.
        let computation = spawn_blocking(move || {
            let _held = (place, permit);
            work()
        });
        computation.await.map_err(|broken| PasswordHasherError::Failed(broken.into()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use tokio::task::JoinHandle;

    use super::*;

    /// A computation that has begun and goes on until it is told to end.
    struct Gate {
        end: mpsc::Sender<()>,
        call: JoinHandle<Result<(), PasswordHasherError>>,
    }

    impl Gate {
        async fn close(queue: &HashingQueue) -> Self {
            let (begun, has_begun) = tokio::sync::oneshot::channel();
            let (end, ended) = mpsc::channel();
            let queue = queue.clone();
            let call = tokio::spawn(async move {
                let wait = move || {
                    let _ = begun.send(());
                    let _ = ended.recv();
                };
                queue.run(wait).await
            });
            has_begun.await.unwrap();
            Self { end, call }
        }

        async fn open(self) {
            self.end.send(()).unwrap();
            self.call.await.unwrap().unwrap();
        }
    }

    fn queue(at_once: usize, waiting: usize) -> HashingQueue {
        HashingQueue::new(NonZeroUsize::new(at_once).unwrap(), waiting)
    }

    fn is_busy<T>(result: &Result<T, PasswordHasherError>) -> bool {
        matches!(result, Err(PasswordHasherError::Busy))
    }

    /// Whether one more is told at once that it is too many.
    async fn is_full(queue: &HashingQueue) -> bool {
        let mut one_more = Box::pin(queue.run(|| ()));
        at_once(&mut one_more).await.is_some_and(|result| is_busy(&result))
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn turns_away_what_can_neither_run_nor_wait() {
        let queue = queue(2, 0);
        let (one, other) = (Gate::close(&queue).await, Gate::close(&queue).await);

        assert!(is_full(&queue).await);

        one.open().await;
        assert_eq!(queue.run(|| 7).await.unwrap(), 7);
        other.open().await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn lets_as_many_wait_as_it_was_told() {
        let queue = queue(1, 1);
        let gate = Gate::close(&queue).await;
        let mut waiting = Box::pin(queue.run(|| 7));
        assert!(at_once(&mut waiting).await.is_none());

        assert!(is_full(&queue).await);

        gate.open().await;
        assert_eq!(waiting.await.unwrap(), 7);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn somebody_who_stops_waiting_frees_their_place() {
        let queue = queue(1, 1);
        let gate = Gate::close(&queue).await;
        let mut waiting = Box::pin(queue.run(|| 7));
        assert!(at_once(&mut waiting).await.is_none());

        drop(waiting);

        let mut next = Box::pin(queue.run(|| 8));
        assert!(at_once(&mut next).await.is_none());
        gate.open().await;
        assert_eq!(next.await.unwrap(), 8);
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_running_computation_keeps_its_place_when_its_caller_goes_away() {
        let queue = queue(1, 0);
        let gate = Gate::close(&queue).await;

        gate.call.abort();
        assert!(gate.call.await.unwrap_err().is_cancelled());

        assert!(is_full(&queue).await);
        gate.end.send(()).unwrap();
        while is_busy(&queue.run(|| ()).await) {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_computation_that_breaks_fails_and_frees_its_place() {
        let queue = queue(1, 0);

        let broken = queue.run(|| panic!("a bug in the hasher")).await;

        assert!(matches!(broken, Err(PasswordHasherError::Failed(_))));
        assert_eq!(queue.run(|| 7).await.unwrap(), 7);
    }

    /// What a future gives at once, if it does.
    async fn at_once<F: Future + Unpin>(future: &mut F) -> Option<F::Output> {
        tokio::select! {
            biased;
            output = future => Some(output),
            () = std::future::ready(()) => None,
        }
    }
}
