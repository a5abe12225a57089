//! Batches: while one is on its way to the server, the next one gathers.
//!
//! A statement costs a round trip and a plan's start whatever it does, and a commit a wait for the
//! disk. A lone call still goes out at once; those that come while a batch is on its way wait for it
//! and then leave together, or earlier once they are [`WORTH_ANOTHER`]. Calls about one row may
//! leave together. Those that come while the row is on its way wait for its batch, so that each
//! caller of a write learns what its own write replaced.

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

/// The greatest number of calls in one batch.
const MAX_BATCH: usize = 256;

/// How many batches may be on their way at once: one is at the disk while another one is computed.
const MAX_BATCHES: usize = 2;

/// How many calls have to wait for another batch to leave beside one that is on its way. Batches
/// would become ever smaller otherwise, and cost more than they save: those who were answered come
/// back one by one, and the first of them would leave alone.
const WORTH_ANOTHER: usize = 32;

/// How many calls may wait. That is about a quarter of a second's work at 4,000 a second.
const MAX_WAITING: usize = 1024;

/// A call that waited this long is turned away, for the server hangs or is far too slow.
const PATIENCE: Duration = Duration::from_secs(1);

/// Does for many callers at once what each of them asks for.
pub(crate) trait Batched: Send + Sync + 'static {
    type Call: Send + Sync;
    /// Names the row that a call is about.
    type Key: Copy + Eq + Hash + Ord + Send;
    type Outcome: Send;

    fn key(call: &Self::Call) -> Self::Key;

    /// Does all of these in one transaction and returns what came of each, in the same order; or
    /// does nothing of them. They are sorted by their keys, those of one row in the order in which
    /// they came: each write replaces the one before, and the last one stays.
    fn run(
        &self,
        calls: &[Self::Call],
    ) -> impl Future<Output = error::Result<Vec<Self::Outcome>>> + Send;

    fn run_alone(
        &self,
        call: &Self::Call,
    ) -> impl Future<Output = error::Result<Self::Outcome>> + Send;
}

/// Gathers calls into batches, which are driven by a runtime of their own and go on when the
/// callers don't wait for them any more.
pub(crate) struct Batches<B: Batched> {
    line: Arc<Line<B>>,
    runtime: Handle,
}

type Answer<B> = Result<<B as Batched>::Outcome, RepositoryError>;

struct Line<B: Batched> {
    batched: B,
    state: Mutex<State<B>>,
}

struct State<B: Batched> {
    waiting: VecDeque<Waiting<B>>,
    on_their_way: HashSet<B::Key>,
    /// How many tasks send batches off.
    senders: usize,
}

struct Waiting<B: Batched> {
    call: B::Call,
    since: Instant,
    caller: oneshot::Sender<Answer<B>>,
}

/// Calls that left together. Dropping it gives their rows free.
struct Batch<'a, B: Batched> {
    line: &'a Line<B>,
    keys: Vec<B::Key>,
    calls: Vec<B::Call>,
    callers: Vec<oneshot::Sender<Answer<B>>>,
}

/// Its place among the tasks that send batches off.
struct Sender<B: Batched> {
    line: Arc<Line<B>>,
    is_done: bool,
}

#[derive(Debug, Error)]
enum NotDone {
    #[error("too many calls are waiting")]
    Overloaded,
    #[error("the call waited too long")]
    TooLate,
    #[error("the task that sends the calls is gone")]
    Abandoned,
    #[error("the batch of the call failed")]
    WithItsBatch(#[source] Arc<Cause>),
}

impl<B: Batched> Batches<B> {
    pub(crate) fn new(batched: B, runtime: Handle) -> Self {
        let state = State { waiting: VecDeque::new(), on_their_way: HashSet::new(), senders: 0 };
        Self { line: Arc::new(Line { batched, state: Mutex::new(state) }), runtime }
    }

    /// Returns what came of the call; a write is durable by then. It may take place even if
    /// the caller stops waiting.
    pub(crate) async fn run(&self, call: B::Call) -> Answer<B> {
        let (caller, answer) = oneshot::channel();
        if let Some(sender) = self.line.join(call, caller)? {
            self.runtime.spawn(sender.send_batches());
        }
        answer.await.unwrap_or_else(|_| Err(NotDone::Abandoned.into()))
    }
}

impl<B: Batched> Line<B> {
    /// Lines up, and returns who has to send the call off unless somebody does already.
    fn join(
        self: &Arc<Self>,
        call: B::Call,
        caller: oneshot::Sender<Answer<B>>,
    ) -> Result<Option<Sender<B>>, RepositoryError> {
        let mut state = self.lock();
        if state.waiting.len() >= MAX_WAITING {
            return Err(NotDone::Overloaded.into());
        }
        state.waiting.push_back(Waiting { call, since: Instant::now(), caller });
        if !state.needs_sender() {
            return Ok(None);
        }
        state.senders += 1;
        Ok(Some(Sender { line: self.clone(), is_done: false }))
    }

    /// The calls that may leave now, first come first served. Without any, one sender less is at
    /// work from now on: those that still wait are sent by the one whose batch is on its way.
    fn next_batch(&self) -> Option<Batch<'_, B>> {
        let mut state = self.lock();
        let others = state.senders - 1;
        let mut batch =
            if others == 0 || state.is_worth_another() { state.take_batch() } else { vec![] };
        if batch.is_empty() {
            state.senders -= 1;
            return None;
        }
        drop(state);
        batch.sort_by_key(|waiting| B::key(&waiting.call));
        let keys = batch.iter().map(|waiting| B::key(&waiting.call)).collect();
        let (calls, callers) =
            batch.into_iter().map(|waiting| (waiting.call, waiting.caller)).unzip();
        Some(Batch { line: self, keys, calls, callers })
    }

    fn lock(&self) -> MutexGuard<'_, State<B>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B: Batched> State<B> {
    /// Whether one more sender has something to do.
    fn needs_sender(&self) -> bool {
        self.senders == 0 || self.senders < MAX_BATCHES && self.is_worth_another()
    }

    fn is_worth_another(&self) -> bool {
        self.waiting.len() >= WORTH_ANOTHER
    }

    fn take_batch(&mut self) -> Vec<Waiting<B>> {
        let mut batch = vec![];
        let mut later = VecDeque::new();
        while batch.len() < MAX_BATCH
            && let Some(waiting) = self.waiting.pop_front()
        {
            if waiting.caller.is_closed() {
                continue;
            }
            if waiting.since.elapsed() > PATIENCE {
                answer(waiting.caller, Err(NotDone::TooLate.into()));
            } else if self.on_their_way.contains(&B::key(&waiting.call)) {
                later.push_back(waiting);
            } else {
                batch.push(waiting);
            }
        }
        later.append(&mut self.waiting);
        self.waiting = later;
        self.on_their_way.extend(batch.iter().map(|waiting| B::key(&waiting.call)));
        batch
    }
}

impl<B: Batched> Sender<B> {
    async fn send_batches(mut self) {
        let line = self.line.clone();
        while let Some(batch) = line.next_batch() {
            batch.send().await;
        }
        self.is_done = true;
    }
}

impl<B: Batched> Drop for Sender<B> {
    /// A sender that panicked, or whose runtime is shut down, makes room for another one.
    fn drop(&mut self) {
        if !self.is_done {
            self.line.lock().senders -= 1;
        }
    }
}

impl<B: Batched> Batch<'_, B> {
    async fn send(mut self) {
        let (calls, callers) = (mem::take(&mut self.calls), mem::take(&mut self.callers));
        let batched = &self.line.batched;
        if calls.len() == 1 {
            return send_one_by_one(batched, &calls, callers).await;
        }
        match batched.run(&calls).await {
            Ok(outcomes) => {
                let answers = callers.into_iter().zip(outcomes);
                answers.for_each(|(caller, outcome)| answer(caller, Ok(outcome)));
            }
            Err(failure) if failure.is_undone() => {
                send_one_by_one(batched, &calls, callers).await;
            }
            Err(failure) => {
                let cause: Arc<Cause> = Arc::new(RepositoryError::from(failure).into());
                let lost = || NotDone::WithItsBatch(cause.clone()).into();
                callers.into_iter().for_each(|caller| answer(caller, Err(lost())));
            }
        }
    }
}

impl<B: Batched> Drop for Batch<'_, B> {
    fn drop(&mut self) {
        let mut state = self.line.lock();
        for key in &self.keys {
            state.on_their_way.remove(key);
        }
    }
}

/// So that a row that is refused fails nobody else's.
async fn send_one_by_one<B: Batched>(
    batched: &B,
    calls: &[B::Call],
    callers: Vec<oneshot::Sender<Answer<B>>>,
) {
    for (call, caller) in calls.iter().zip(callers) {
        let outcome = batched.run_alone(call).await;
        answer(caller, outcome.map_err(Into::into));
    }
}

/// A caller who stopped waiting gets no answer.
fn answer<T>(caller: oneshot::Sender<T>, answer: T) {
    let _ = caller.send(answer);
}

impl From<NotDone> for RepositoryError {
    fn from(error: NotDone) -> Self {
        Self::Unavailable(error.into())
    }
}
