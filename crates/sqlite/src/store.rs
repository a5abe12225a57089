use std::path::Path;
use std::sync::Arc;

use reelmark_application::ports::RepositoryError;
use rusqlite::Connection;

use crate::connection;
use crate::error::Result;
use crate::migrations;
use crate::reader::Readers;
use crate::writer::Writer;

/// One SQLite file, opened. Clones share it; the last one to be dropped finishes the writes that
/// are queued, and empties the write-ahead log into the file.
///
/// Any number of processes may open the same file; each sees what the others have committed.
#[derive(Clone)]
pub struct SqliteStore {
    open: Arc<Open>,
}

struct Open {
    readers: Readers,
    writer: Writer,
}

impl SqliteStore {
    /// Opens the file, which is made if it isn't there, and brings it to the current schema.
    /// Blocks until that is done.
    ///
    /// # Errors
    /// `Unavailable` when the file can't be made, opened or locked; `Corrupt` when it isn't a
    /// database of this service.
    pub fn open(path: impl AsRef<Path>) -> std::result::Result<Self, RepositoryError> {
        Ok(Self { open: Arc::new(Open::new(path.as_ref())?) })
    }

    /// Runs a short read right here: a look-up takes some microseconds, less than handing it to
    /// another thread would.
    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T>,
    ) -> std::result::Result<T, RepositoryError> {
        Ok(self.open.readers.run(query)?)
    }

    /// Runs a read that may take long on a thread that may block.
    pub(crate) async fn read_long<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, RepositoryError> {
        Ok(self.open.readers.run_long(query).await?)
    }

    /// Runs a write and returns when it is durable. When it fails, nothing of it is stored. The work
    /// may be run a second time after all it did was undone.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&Connection) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, RepositoryError> {
        Ok(self.open.writer.run(work).await?)
    }
}

impl Open {
    fn new(path: &Path) -> Result<Self> {
        let unavailable = |error| RepositoryError::Unavailable(Box::new(error));
        // An absolute path stays right when the process changes its folder, and is never one of
        // the names that mean something special to SQLite.
        let path = std::path::absolute(path).map_err(unavailable)?;
        let _nobody_replaces_it = migrations::prepare(&path)?;
        let writer = Writer::start(connection::open_writer(&path)?).map_err(unavailable)?;
        let readers = Readers::new(&path);
        Ok(Self { readers, writer })
    }
}

impl std::fmt::Debug for SqliteStore {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SqliteStore")
            .field("path", &self.open.readers.path())
            .finish_non_exhaustive()
    }
}
