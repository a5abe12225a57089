//! Copies of the embedded store. A database server has better means of its own.

use std::path::Path;

use reelmark_sqlite::BackupError;

use crate::config::{Database, StoreConfig};
use crate::failure::{Failure, OrFail};

const SERVER: &str = "only the embedded store is copied by this command; for PostgreSQL use pg_dump \
                      and pg_restore, as docs/OPERATIONS.md says";

/// Copies the store into a file.
///
/// # Errors
/// [`Failure`] when there is no copy.
pub fn back_up(config: &StoreConfig, copy: &Path) -> Result<(), Failure> {
    let store = embedded(config)?;
    reelmark_sqlite::back_up(store, copy).or_fail("could not back up the store")
}

/// Puts a copy in the place of the store.
///
/// # Errors
/// [`Failure`] when the store is what it was.
pub fn restore(config: &StoreConfig, copy: &Path, replace: bool) -> Result<(), Failure> {
    let store = embedded(config)?;
    match reelmark_sqlite::restore(copy, store, replace) {
        Err(error @ BackupError::Exists(_)) => {
            Err(error).or_fail("could not restore the store without --replace")
        }
        Err(error @ BackupError::InUse(_)) => {
            Err(error).or_fail("could not restore the store; stop the service first")
        }
        restored => restored.or_fail("could not restore the store"),
    }
}

fn embedded(config: &StoreConfig) -> Result<&Path, Failure> {
    match &config.database {
        Database::Sqlite { file } => Ok(file),
        Database::Postgres { .. } => Err(Failure::new(SERVER)),
    }
}
