//! Writes: one thread, many writes per transaction.
//!
//! A commit costs a wait for the disk, whatever it holds. So the thread takes all writes that wait
//! (and waits for none to come), runs each in a savepoint of its own, commits once, and only then
//! answers. While it waits for the disk, the next ones gather.

use std::any::Any;
use std::error::Error as StdError;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;
use std::{io, mem};

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
    /// waiting.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (caller, answer) = oneshot::channel();
        let state = State::Waiting(work);
        self.enqueue(Box::new(Write { state, caller })).await?;
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
    /// Does the work inside the open transaction. An error means that the transaction is lost.
    fn run(&mut self, connection: &Connection) -> std::result::Result<(), Cause>;

    /// Tells the caller what came of it.
    fn answer(self: Box<Self>, committed: std::result::Result<(), NotCommitted>);
}

struct Write<T, W> {
    state: State<T, W>,
    caller: oneshot::Sender<Result<T>>,
}

enum State<T, W> {
    Waiting(W),
    Done(Result<T>),
    /// It was started, and its transaction was lost over it.
    Lost,
}

impl<T, W> Job for Write<T, W>
where
    T: Send,
    W: FnOnce(&Connection) -> Result<T> + Send,
{
    fn run(&mut self, connection: &Connection) -> std::result::Result<(), Cause> {
        if let State::Waiting(work) = mem::replace(&mut self.state, State::Lost) {
            self.state = State::Done(in_savepoint(connection, work)?);
        }
        Ok(())
    }

    fn answer(self: Box<Self>, committed: std::result::Result<(), NotCommitted>) {
        let answer = match (committed, self.state) {
            (Err(lost), _) => Err(unavailable(lost)),
            (Ok(()), State::Done(outcome)) => outcome,
            (Ok(()), _) => Err(unavailable(NotWritten::WriterGone)),
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
    let committed = in_transaction(connection, batch);
    if committed.is_err() && !connection.is_autocommit() {
        // SQLite may have rolled back by itself; then there is nothing left to do.
        let _ = execute(connection, "ROLLBACK");
    }
    let committed = committed.map_err(|cause| NotCommitted(cause.into()));
    for job in batch.drain(..) {
        job.answer(committed.clone());
    }
}

fn in_transaction(
    connection: &Connection,
    batch: &mut [Box<dyn Job>],
) -> std::result::Result<(), Cause> {
    execute(connection, "BEGIN IMMEDIATE")?;
    for job in batch {
        job.run(connection)?;
    }
    execute(connection, "COMMIT")?;
    Ok(())
}

/// Undoes what the work did when it fails, so that the rest of the transaction goes on without it.
fn in_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T>,
) -> std::result::Result<Result<T>, Cause> {
    execute(connection, "SAVEPOINT job")?;
    let outcome = catch_unwind(AssertUnwindSafe(|| work(connection)));
    let outcome = outcome.unwrap_or_else(|panic| Err(panicked(panic.as_ref())));
    if let Err(failure) = outcome {
        if connection.is_autocommit() {
            // A full or failing disk makes SQLite roll back the whole transaction.
            return Err(RepositoryError::from(failure).into());
        }
        execute(connection, "ROLLBACK TO job")?;
        execute(connection, "RELEASE job")?;
        return Ok(Err(failure));
    }
    execute(connection, "RELEASE job")?;
    Ok(outcome)
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
