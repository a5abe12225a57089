//! Brings a file to the schema of this version of the service, and makes it when it isn't there.

use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use reelmark_application::ports::{Cause, RepositoryError};
use refinery::Report;
use rusqlite::Connection;
use thiserror::Error;

use crate::connection;
use crate::error::{Failure, Result};
use crate::movie::reindex;

mod embedded {
    refinery::embed_migrations!("../../migrations/sqlite");
}

/// A migration left rows behind that refer to nothing.
#[derive(Debug, Error)]
#[error("after the migrations, row {row:?} of {table} refers to a missing row of {parent}")]
struct BrokenReference {
    table: String,
    row: Option<i64>,
    parent: String,
}

/// Makes the file and its folder when they are missing, and runs the migrations that it lacks.
/// Nobody else does so, or replaces the file, before what is returned is dropped.
///
/// Several processes and threads may do so at once: one works, the others wait. The lock is a file
/// of its own, because closing any handle of the database file would take SQLite's locks away from
/// every other connection of this process.
pub(crate) fn prepare(path: &Path) -> Result<File> {
    let lock = lock(path).map_err(unavailable)?;
    make_file(path).map_err(unavailable)?;
    let mut connection = connection::open_for_migrations(path)?;
    let report = migrate(&mut connection)?;
    if !report.applied_migrations().is_empty() {
        check_references(&connection)?;
    }
    reindex::run(&mut connection)?;
    Ok(lock)
}

/// Old and new versions run side by side during a release, so a migration from the future is no
/// reason to refuse.
fn migrate(connection: &mut Connection) -> Result<Report> {
    let runner = embedded::migrations::runner().set_abort_missing(false);
    let report = runner.run(connection);
    report.map_err(|error| RepositoryError::Corrupt(Box::new(error)).into())
}

/// The latest version that this release knows.
pub(crate) fn latest_version() -> i64 {
    let migrations = embedded::migrations::runner();
    let versions = migrations.get_migrations().iter().map(|migration| migration.version());
    versions.max().map_or(0, i64::from)
}

pub(crate) fn check_references(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare("PRAGMA foreign_key_check")?;
    let mut broken = statement.query([])?;
    let Some(row) = broken.next()? else {
        return Ok(());
    };
    let broken = BrokenReference { table: row.get(0)?, row: row.get(1)?, parent: row.get(2)? };
    Err(RepositoryError::Corrupt(Box::new(broken)).into())
}

/// The lock lasts until the file is dropped, or its process is gone.
pub(crate) fn lock(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
    }
    let lock = private(OpenOptions::new().write(true).create(true)).open(lock_path(path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            log::info!("waiting for another process that is opening the database");
            lock.lock()?;
            Ok(lock)
        }
    }
}

fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    name.into()
}

/// Makes an empty file, unless there is one. SQLite gives the files beside it the same mode.
fn make_file(path: &Path) -> io::Result<()> {
    match private(OpenOptions::new().write(true).create_new(true)).open(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn make_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).create(path)
}

/// Files with accounts in them are nobody else's business.
#[cfg(unix)]
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600)
}

#[cfg(not(unix))]
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn unavailable(error: impl Into<Cause>) -> Failure {
    RepositoryError::Unavailable(error.into()).into()
}
