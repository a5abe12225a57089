//! Reads: any number beside each other and beside the writer, each seeing what was committed last.

use std::cell::RefCell;
use std::path::Path;
use std::sync::{Arc, Weak};
use std::thread::available_parallelism;
use std::time::Duration;

use reelmark_application::ports::RepositoryError;
use rusqlite::Connection;
use thiserror::Error;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{JoinError, spawn_blocking};
use tokio::time::timeout;

use crate::connection::open_reader;
use crate::error::{Failure, Result};

/// How long a long read waits for its turn before it is turned away.
const PATIENCE: Duration = Duration::from_secs(1);

/// As many long reads are under way as there are processors, and at least so many, for reads also
/// wait for the disk.
const MIN_LONG_READS: usize = 4;

thread_local! {
    /// The connections that rest on this thread: one per store that it reads from.
    static RESTING: RefCell<Vec<Resting>> = const { RefCell::new(Vec::new()) };
}

/// A connection between two reads. It doesn't keep its store open.
struct Resting {
    store: Weak<Path>,
    connection: Connection,
}

/// Runs reads on connections that belong to the threads, so that none waits for another.
#[derive(Clone)]
pub(crate) struct Readers {
    /// Also tells this store from others that are open, be it on the same file.
    path: Arc<Path>,
    long_reads: Arc<Semaphore>,
}

#[derive(Debug, Error)]
#[error("too many long reads are waiting")]
struct Overloaded;

impl Readers {
    pub(crate) fn new(path: &Path) -> Self {
        let processors = available_parallelism().map_or(1, usize::from);
        Self {
            path: path.into(),
            long_reads: Arc::new(Semaphore::new(processors.max(MIN_LONG_READS))),
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Runs a read on this thread. A connection that failed isn't used again.
    pub(crate) fn run<T>(&self, query: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let connection = match self.wake() {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        let result = query(&connection)?;
        self.rest(connection);
        Ok(result)
    }

    /// Runs a read on a thread that may block.
    pub(crate) async fn run_long<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let permit = self.admit().await?;
        let readers = self.clone();
        let read = spawn_blocking(move || {
            // The read goes on when its caller gives up, and so must the permit.
            let _permit = permit;
            readers.run(query)
        });
        read.await.unwrap_or_else(|error| Err(broken_off(error)))
    }

    async fn admit(&self) -> Result<OwnedSemaphorePermit> {
        let permit = timeout(PATIENCE, self.long_reads.clone().acquire_owned()).await;
        let unavailable = |cause| RepositoryError::Unavailable(cause).into();
        permit
            .map_err(|_| unavailable(Box::new(Overloaded)))?
            .map_err(|closed| unavailable(Box::new(closed)))
    }

    /// Takes this store's connection off its thread, so that a read inside a read would open
    /// another one. Connections of stores that were closed meanwhile are closed, too.
    fn wake(&self) -> Option<Connection> {
        RESTING.with_borrow_mut(|resting| {
            resting.retain(|one| one.store.strong_count() > 0);
            let place = resting.iter().position(|one| self.owns(one))?;
            Some(resting.swap_remove(place).connection)
        })
    }

    fn rest(&self, connection: Connection) {
        let store = Arc::downgrade(&self.path);
        RESTING.with_borrow_mut(|resting| resting.push(Resting { store, connection }));
    }

    fn owns(&self, resting: &Resting) -> bool {
        std::ptr::addr_eq(resting.store.as_ptr(), Arc::as_ptr(&self.path))
    }
}

fn broken_off(error: JoinError) -> Failure {
    if error.is_panic() {
        RepositoryError::Corrupt(Box::new(error)).into()
    } else {
        RepositoryError::Unavailable(Box::new(error)).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connection::open_writer;
    use tempfile::NamedTempFile;

    fn readers() -> (NamedTempFile, Readers) {
        let file = NamedTempFile::new().unwrap();
        let writer = open_writer(file.path()).unwrap();
        writer.execute_batch("CREATE TABLE t (n INTEGER)").unwrap();
        let readers = Readers::new(file.path());
        (file, readers)
    }

    fn count(connection: &Connection) -> Result<i64> {
        Ok(connection.query_row("SELECT count(*) FROM t", [], |row| row.get(0))?)
    }

    fn resting() -> usize {
        RESTING.with_borrow(Vec::len)
    }

    #[test]
    fn a_thread_keeps_its_connection() {
        let (_file, readers) = readers();
        readers.run(count).unwrap();
        readers.run(count).unwrap();
        assert_eq!(resting(), 1);
    }

    #[test]
    fn two_stores_do_not_share_connections() {
        let (_first_file, first) = readers();
        let (second_file, second) = readers();
        let writer = open_writer(second_file.path()).unwrap();
        writer.execute_batch("INSERT INTO t VALUES (1)").unwrap();
        assert_eq!(first.run(count).unwrap(), 0);
        assert_eq!(second.run(count).unwrap(), 1);
    }

    #[test]
    fn connections_of_a_closed_store_are_closed() {
        let (_old_file, old) = readers();
        old.run(count).unwrap();
        drop(old);
        let (_file, new) = readers();
        new.run(count).unwrap();
        assert_eq!(resting(), 1);
    }

    #[test]
    fn a_failed_connection_is_not_used_again() {
        let (_file, readers) = readers();
        let failed = readers.run(|connection| Ok(connection.execute_batch("SELECT nothing")?));
        assert!(failed.is_err());
        assert_eq!(resting(), 0);
    }

    #[tokio::test]
    async fn a_read_that_panics_fails_alone() {
        let (_file, readers) = readers();
        let failed = readers.run_long::<()>(|_| panic!("on purpose")).await;
        let failed = failed.map_err(RepositoryError::from);
        assert!(matches!(failed, Err(RepositoryError::Corrupt(_))));
        assert_eq!(readers.run_long(count).await.unwrap(), 0);
    }

    #[tokio::test]
    async fn a_long_read_without_a_turn_is_turned_away() {
        let (_file, readers) = readers();
        let all = readers.long_reads.available_permits();
        let _taken = readers.long_reads.acquire_many(u32::try_from(all).unwrap()).await;
        let turned_away = readers.run_long(count).await.map_err(RepositoryError::from);
        assert!(matches!(turned_away, Err(RepositoryError::Unavailable(_))));
    }
}
