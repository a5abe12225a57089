//! Group commit: while one batch of writes is on its way to the disk, the next one gathers.
//!
//! A commit costs a wait for the disk and a round trip, whatever it holds. A lone write still goes
//! out at once; those that come while a batch is on its way wait for it and then leave together, or
//! earlier once they are [`WORTH_ANOTHER`]. Writes of one row may leave together. Those that come
//! while the row is on its way wait for its batch, so that each caller learns what its own write
//! replaced.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;
use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reelmark_application::ports::{Cause, RepositoryError};
use thiserror::Error;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::error;

/// The greatest number of writes in one batch.
const MAX_BATCH: usize = 256;

/// How many batches may be on their way at once: one is at the disk while another one is computed.
const MAX_BATCHES: usize = 2;

/// How many writes have to wait for another batch to leave beside one that is on its way. Batches
/// would become ever smaller otherwise, and cost more than they save: those who were answered come
/// back one by one, and the first of them would leave alone.
const WORTH_ANOTHER: usize = 32;

/// How many writes may wait. That is about a quarter of a second's work at 4,000 a second.
const MAX_WAITING: usize = 1024;

/// A write that waited this long is turned away, for the server hangs or is far too slow.
const PATIENCE: Duration = Duration::from_secs(1);

/// Stores many writes at once, or one.
pub(crate) trait Commit: Send + Sync + 'static {
    type Write: Send + Sync;
    /// Names the row that is written.
    type Key: Copy + Eq + Hash + Ord + Send;
    type Outcome: Send;

    fn key(write: &Self::Write) -> Self::Key;

    /// Stores all of these in one transaction and returns what came of each, in the same order; or
    /// stores nothing of them. They are sorted by their keys, those of one row in the order in which
    /// they came: each replaces the one before, and the last one stays.
    fn commit(
        &self,
        writes: &[Self::Write],
    ) -> impl Future<Output = error::Result<Vec<Self::Outcome>>> + Send;

    fn commit_alone(
        &self,
        write: &Self::Write,
    ) -> impl Future<Output = error::Result<Self::Outcome>> + Send;
}

/// Gathers writes into batches, which are driven by a runtime of their own and go on when the
/// callers don't wait for them any more.
pub(crate) struct GroupCommit<C: Commit> {
    line: Arc<Line<C>>,
    runtime: Handle,
}

type Answer<C> = Result<<C as Commit>::Outcome, RepositoryError>;

struct Line<C: Commit> {
    commit: C,
    state: Mutex<State<C>>,
}

struct State<C: Commit> {
    waiting: VecDeque<Waiting<C>>,
    on_their_way: HashSet<C::Key>,
    /// How many tasks send batches off.
    senders: usize,
}

struct Waiting<C: Commit> {
    write: C::Write,
    since: Instant,
    caller: oneshot::Sender<Answer<C>>,
}

/// Writes that left together. Dropping it gives their rows free.
struct Batch<'a, C: Commit> {
    line: &'a Line<C>,
    keys: Vec<C::Key>,
    writes: Vec<C::Write>,
    callers: Vec<oneshot::Sender<Answer<C>>>,
}

/// Its place among the tasks that send batches off.
struct Sender<C: Commit> {
    line: Arc<Line<C>>,
    is_done: bool,
}

#[derive(Debug, Error)]
enum NotCommitted {
    #[error("too many writes are waiting")]
    Overloaded,
    #[error("the write waited too long")]
    TooLate,
    #[error("the task that writes is gone")]
    Abandoned,
    #[error("the batch of the write was not committed")]
    WithItsBatch(#[source] Arc<Cause>),
}

impl<C: Commit> GroupCommit<C> {
    pub(crate) fn new(commit: C, runtime: Handle) -> Self {
        let state = State { waiting: VecDeque::new(), on_their_way: HashSet::new(), senders: 0 };
        Self { line: Arc::new(Line { commit, state: Mutex::new(state) }), runtime }
    }

    /// Returns once the write is durable. It may take place even if the caller stops waiting.
    pub(crate) async fn run(&self, write: C::Write) -> Answer<C> {
        let (caller, answer) = oneshot::channel();
        if let Some(sender) = self.line.join(write, caller)? {
            self.runtime.spawn(sender.send_batches());
        }
        answer.await.unwrap_or_else(|_| Err(NotCommitted::Abandoned.into()))
    }
}

impl<C: Commit> Line<C> {
    /// Lines up, and returns who has to send the write off unless somebody does already.
    fn join(
        self: &Arc<Self>,
        write: C::Write,
        caller: oneshot::Sender<Answer<C>>,
    ) -> Result<Option<Sender<C>>, RepositoryError> {
        let mut state = self.lock();
        if state.waiting.len() >= MAX_WAITING {
            return Err(NotCommitted::Overloaded.into());
        }
        state.waiting.push_back(Waiting { write, since: Instant::now(), caller });
        if !state.needs_sender() {
            return Ok(None);
        }
        state.senders += 1;
        Ok(Some(Sender { line: self.clone(), is_done: false }))
    }

    /// The writes that may leave now, first come first served. Without any, one sender less is at
    /// work from now on: those that still wait are sent by the one whose batch is on its way.
    fn next_batch(&self) -> Option<Batch<'_, C>> {
        let mut state = self.lock();
        let others = state.senders - 1;
        let mut batch =
            if others == 0 || state.is_worth_another() { state.take_batch() } else { vec![] };
        if batch.is_empty() {
            state.senders -= 1;
            return None;
        }
        drop(state);
        batch.sort_by_key(|waiting| C::key(&waiting.write));
        let keys = batch.iter().map(|waiting| C::key(&waiting.write)).collect();
        let (writes, callers) =
            batch.into_iter().map(|waiting| (waiting.write, waiting.caller)).unzip();
        Some(Batch { line: self, keys, writes, callers })
    }

    fn lock(&self) -> MutexGuard<'_, State<C>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<C: Commit> State<C> {
    /// Whether one more sender has something to do.
    fn needs_sender(&self) -> bool {
        self.senders == 0 || self.senders < MAX_BATCHES && self.is_worth_another()
    }

    fn is_worth_another(&self) -> bool {
        self.waiting.len() >= WORTH_ANOTHER
    }

    fn take_batch(&mut self) -> Vec<Waiting<C>> {
        let mut batch = vec![];
        let mut later = VecDeque::new();
        while batch.len() < MAX_BATCH
            && let Some(waiting) = self.waiting.pop_front()
        {
            if waiting.caller.is_closed() {
                continue;
            }
            if waiting.since.elapsed() > PATIENCE {
                answer(waiting.caller, Err(NotCommitted::TooLate.into()));
            } else if self.on_their_way.contains(&C::key(&waiting.write)) {
                later.push_back(waiting);
            } else {
                batch.push(waiting);
            }
        }
        later.append(&mut self.waiting);
        self.waiting = later;
        self.on_their_way.extend(batch.iter().map(|waiting| C::key(&waiting.write)));
        batch
    }
}

impl<C: Commit> Sender<C> {
    async fn send_batches(mut self) {
        let line = self.line.clone();
        while let Some(batch) = line.next_batch() {
            batch.send().await;
        }
        self.is_done = true;
    }
}

impl<C: Commit> Drop for Sender<C> {
    /// A sender that panicked, or whose runtime is shut down, makes room for another one.
    fn drop(&mut self) {
        if !self.is_done {
            self.line.lock().senders -= 1;
        }
    }
}

impl<C: Commit> Batch<'_, C> {
    async fn send(mut self) {
        let (writes, callers) = (mem::take(&mut self.writes), mem::take(&mut self.callers));
        let commit = &self.line.commit;
        if writes.len() == 1 {
            return send_one_by_one(commit, &writes, callers).await;
        }
        match commit.commit(&writes).await {
            Ok(outcomes) => {
                let answers = callers.into_iter().zip(outcomes);
                answers.for_each(|(caller, outcome)| answer(caller, Ok(outcome)));
            }
            Err(failure) if failure.is_undone() => {
                send_one_by_one(commit, &writes, callers).await;
            }
            Err(failure) => {
                let cause: Arc<Cause> = Arc::new(RepositoryError::from(failure).into());
                let lost = || NotCommitted::WithItsBatch(cause.clone()).into();
                callers.into_iter().for_each(|caller| answer(caller, Err(lost())));
            }
        }
    }
}

impl<C: Commit> Drop for Batch<'_, C> {
    fn drop(&mut self) {
        let mut state = self.line.lock();
        for key in &self.keys {
            state.on_their_way.remove(key);
        }
    }
}

/// So that a row that is refused fails nobody else's.
async fn send_one_by_one<C: Commit>(
    commit: &C,
    writes: &[C::Write],
    callers: Vec<oneshot::Sender<Answer<C>>>,
) {
    for (write, caller) in writes.iter().zip(callers) {
        let outcome = commit.commit_alone(write).await;
        answer(caller, outcome.map_err(Into::into));
    }
}

/// A caller who stopped waiting gets no answer.
fn answer<T>(caller: oneshot::Sender<T>, answer: T) {
    let _ = caller.send(answer);
}

impl From<NotCommitted> for RepositoryError {
    fn from(error: NotCommitted) -> Self {
        Self::Unavailable(error.into())
    }
}
