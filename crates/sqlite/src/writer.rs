//! Writes: one thread, many writes per transaction.
//!
//! A commit costs a wait for the disk, whatever it holds. So the thread takes all writes that wait
//! (and waits for none to come), runs them in one transaction, commits once, and only then answers.
//! While it waits for the disk, the next ones gather.
//!
//! When one of them fails, the transaction is rolled back and all are run again, each in a savepoint
//! of its own. Savepoints from the beginning would cost more than the writes: SQLite keeps a copy of
//! each page that changes in one, and goes through all of them at the end of each statement.

use std::any::Any;
use std::error::Error as StdError;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use reelmark_application::ports::{Cause, RepositoryError};
use rusqlite::Connection;
use thiserror::Error;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};

use crate::error::{Failure, Result};

/// The greatest number of writes in one transaction.
const MAX_BATCH: usize = 256;

/// How many writes may wait. That is a tenth of a second's work on a slow disk.
const QUEUE: usize = 1024;

/// How long a write waits for a place in the queue before it is turned away.
const PATIENCE: Duration = Duration::from_millis(200);

/// Hands writes to the thread. Dropping it waits until the queued ones are done.
pub(crate) struct Writer {
    /// Taken by drop alone.
    queue: Option<mpsc::Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug, Error)]
enum NotWritten {
    #[error("too many writes are waiting")]
    Overloaded,
    #[error("the thread that writes is gone")]
    WriterGone,
}

/// The transaction that a write was part of came to nothing.
#[derive(Clone, Debug, Error)]
#[error("the transaction was not committed")]
struct NotCommitted(#[source] Arc<dyn StdError + Send + Sync>);

#[derive(Debug, Error)]
#[error("a write panicked: {0}")]
struct Panicked(String);

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(connection: Connection) -> io::Result<Self> {
        Self::with_queue(connection, QUEUE)
    }

    fn with_queue(connection: Connection, capacity: usize) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel(capacity);
        let thread = thread::Builder::new()
            .name("sqlite-writer".into())
            .spawn(move || serve(&connection, receiver))?;
        Ok(Self { queue: Some(sender), thread: Some(thread) })
    }

    /// Runs a write and returns when it is durable. It may take place even if the caller stops
    /// waiting. The work may be run a second time after all it did was undone.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (caller, answer) = oneshot::channel();
        self.enqueue(Box::new(Write { work, outcome: None, caller })).await?;
        answer.await.unwrap_or_else(|_| Err(unavailable(NotWritten::WriterGone)))
    }

    async fn enqueue(&self, job: Box<dyn Job>) -> Result<()> {
        let Some(queue) = &self.queue else {
            return Err(unavailable(NotWritten::WriterGone));
        };
        let job = match queue.try_send(job) {
            Ok(()) => return Ok(()),
            Err(TrySendError::Closed(_)) => return Err(unavailable(NotWritten::WriterGone)),
            Err(TrySendError::Full(job)) => job,
        };
        let sent = queue.send_timeout(job, PATIENCE).await;
        sent.map_err(|_| unavailable(NotWritten::Overloaded))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Without a sender the thread ends once the queue is empty.
        drop(self.queue.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            log::error!("the thread that writes has panicked");
        }
    }
}

/// A write on its way through the thread.
trait Job: Send {
    /// Does the work inside the open transaction, and tells whether it succeeded. If it did not, half
    /// of it may have been done.
    fn run(&mut self, connection: &Connection) -> bool;

    /// Why it failed, if it did.
    fn take_failure(&mut self) -> Option<Cause>;

    /// Tells the caller what came of it.
    fn answer(self: Box<Self>, committed: std::result::Result<(), NotCommitted>);
}

struct Write<T, W> {
    work: W,
    /// What came of the work when it was last run.
    outcome: Option<Result<T>>,
    caller: oneshot::Sender<Result<T>>,
}

impl<T, W> Job for Write<T, W>
where
    T: Send,
    W: Fn(&Connection) -> Result<T> + Send,
{
    fn run(&mut self, connection: &Connection) -> bool {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.work)(connection)));
        let outcome = outcome.unwrap_or_else(|panic| Err(panicked(panic.as_ref())));
        self.outcome.insert(outcome).is_ok()
    }

    fn take_failure(&mut self) -> Option<Cause> {
        let failure = self.outcome.take()?.err()?;
        Some(RepositoryError::from(failure).into())
    }

    fn answer(self: Box<Self>, committed: std::result::Result<(), NotCommitted>) {
        let answer = match (committed, self.outcome) {
            (Err(lost), _) => Err(unavailable(lost)),
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(unavailable(NotWritten::WriterGone)),
        };
        // A caller who stopped waiting gets no answer.
        let _ = self.caller.send(answer);
    }
}

fn serve(connection: &Connection, mut queue: mpsc::Receiver<Box<dyn Job>>) {
    let mut batch = Vec::with_capacity(MAX_BATCH);
    while queue.blocking_recv_many(&mut batch, MAX_BATCH) > 0 {
        commit_together(connection, &mut batch);
    }
    if let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)") {
        log::warn!("the write-ahead log stays for the next start: {error}");
    }
}

fn commit_together(connection: &Connection, batch: &mut Vec<Box<dyn Job>>) {
    let committed = match transaction(connection, || all(connection, batch)) {
        Ok(false) => transaction(connection, || each_apart(connection, batch)),
        committed => committed,
    };
    let committed = committed.map(drop).map_err(|cause| NotCommitted(cause.into()));
    for job in batch.drain(..) {
        job.answer(committed.clone());
    }
}

/// Commits what `work` does if that is true, and rolls it back otherwise.
fn transaction(
    connection: &Connection,
    work: impl FnOnce() -> std::result::Result<bool, Cause>,
) -> std::result::Result<bool, Cause> {
    execute(connection, "BEGIN IMMEDIATE")?;
    let committed = work().and_then(|is_good| {
        if is_good {
            execute(connection, "COMMIT")?;
        }
        Ok(is_good)
    });
    if !connection.is_autocommit() {
        // It fails where SQLite has rolled back by itself; then there is nothing left to do.
        let _ = execute(connection, "ROLLBACK");
    }
    committed
}

/// Runs the writes up to the first that fails, and tells whether there was none.
fn all(connection: &Connection, batch: &mut [Box<dyn Job>]) -> std::result::Result<bool, Cause> {
    Ok(batch.iter_mut().all(|job| job.run(connection)))
}

/// Undoes what a write did when it fails, so that the rest of the transaction goes on without it.
fn each_apart(
    connection: &Connection,
    batch: &mut [Box<dyn Job>],
) -> std::result::Result<bool, Cause> {
    for job in batch {
        execute(connection, "SAVEPOINT job")?;
        if !job.run(connection) {
            if connection.is_autocommit() {
                // A full or failing disk makes SQLite roll back the whole transaction.
                return Err(job.take_failure().unwrap_or_else(|| NotWritten::WriterGone.into()));
            }
            execute(connection, "ROLLBACK TO job")?;
        }
        execute(connection, "RELEASE job")?;
    }
    Ok(true)
}

fn execute(connection: &Connection, statement: &'static str) -> rusqlite::Result<()> {
    connection.prepare_cached(statement)?.execute([])?;
    Ok(())
}

fn unavailable(cause: impl Into<Cause>) -> Failure {
    RepositoryError::Unavailable(cause.into()).into()
}

fn panicked(panic: &(dyn Any + Send)) -> Failure {
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    let panicked = Panicked(text.unwrap_or("no reason given").to_owned());
    RepositoryError::Corrupt(Box::new(panicked)).into()
}

#[cfg(test)]
#[path = "writer_tests.rs"]
mod tests;
