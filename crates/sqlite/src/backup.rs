//! Copies of a whole store: made while it is in use, and put back while it isn't.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use reelmark_application::ports::RepositoryError;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags};
use thiserror::Error;

use crate::connection;
use crate::error::Failure;
use crate::migrations;

/// How many pages are copied at once.
const PAGES: i32 = 4_096;

/// How long a copy waits for whoever holds a lock on it, which nobody should.
const BETWEEN_TRIES: Duration = Duration::from_millis(50);

/// What a connection with a snapshot of the store has read.
const SNAPSHOT: &str = "BEGIN; SELECT count(*) FROM sqlite_schema;";

/// Why no copy was made, or none put back.
#[derive(Debug, Error)]
pub enum BackupError {
    #[error("there is no store at {}", .0.display())]
    NoStore(PathBuf),
    #[error("{} is there already", .0.display())]
    Exists(PathBuf),
    #[error("a process is using the store at {}", .0.display())]
    InUse(PathBuf),
    #[error("{} is no store of this service", .0.display())]
    NotAStore(PathBuf),
    #[error("the copy is damaged: {0}")]
    Damaged(String),
    #[error("the copy has the schema {found}, and this release knows none after {known}")]
    Newer { found: i64, known: i64 },
    #[error(transparent)]
    Store(#[from] RepositoryError),
    #[error("a file can't be read or written")]
    File(#[from] io::Error),
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(Failure::from(error).into())
    }
}

impl From<Failure> for BackupError {
    fn from(failure: Failure) -> Self {
        Self::Store(failure.into())
    }
}

type Result<T> = std::result::Result<T, BackupError>;

/// Copies the store, as it is at one moment, into a file that isn't there yet. Whoever uses the
/// store neither waits nor is kept out.
///
/// # Errors
/// [`BackupError`]; there is no copy then.
pub fn back_up(store: &Path, copy: &Path) -> Result<()> {
    if !store.exists() {
        return Err(BackupError::NoStore(store.to_owned()));
    }
    if copy.exists() {
        return Err(BackupError::Exists(copy.to_owned()));
    }
    let source = connection::open_reader(store)?;
    source.execute_batch(SNAPSHOT)?;
    let partial = Partial::beside(copy)?;
    copy_into(&source, &partial.path)?;
    check(&partial.path)?;
    partial.rename(copy)
}

/// Puts a copy in the place of a store, which is replaced only when it should be.
///
/// # Errors
/// [`BackupError`]; the store is as it was then.
pub fn restore(copy: &Path, store: &Path, replace: bool) -> Result<()> {
    if !copy.exists() {
        return Err(BackupError::NoStore(copy.to_owned()));
    }
    let store = std::path::absolute(store)?;
    let _nobody_opens_it = migrations::lock(&store)?;
    if store.exists() {
        if !replace {
            return Err(BackupError::Exists(store));
        }
        refuse_in_use(&store)?;
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(copy, flags)?;
    is_store(&source, copy)?;
    let partial = Partial::beside(&store)?;
    copy_into(&source, &partial.path)?;
    check(&partial.path)?;
    for left in ["-wal", "-shm"] {
        remove_if_there(&with_suffix(&store, left))?;
    }
    partial.rename(&store)
}

fn copy_into(source: &Connection, path: &Path) -> Result<()> {
    let mut copy = Connection::open(path)?;
    let backup = Backup::new(source, &mut copy)?;
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => break,
            StepResult::Busy | StepResult::Locked => std::thread::sleep(BETWEEN_TRIES),
            _ => {}
        }
    }
    drop(backup);
    // One file is all there is to a copy.
    copy.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    Ok(())
}

/// Whether a file is what this release can work with.
fn check(path: &Path) -> Result<()> {
    let copy = Connection::open(path)?;
    let found = is_store(&copy, path)?;
    let verdict: String = copy.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if verdict != "ok" {
        return Err(BackupError::Damaged(verdict));
    }
    migrations::check_references(&copy)?;
    let known = migrations::latest_version();
    if found > known {
        return Err(BackupError::Newer { found, known });
    }
    Ok(())
}

/// The version of the schema of a store.
fn is_store(connection: &Connection, path: &Path) -> Result<i64> {
    const VERSION: &str = "SELECT coalesce(max(version), 0) FROM refinery_schema_history";
    const TABLES: &str = "SELECT count(*) FROM sqlite_schema WHERE name IN ('movies', 'ratings')";
    let count = |sql| connection.query_row(sql, [], |row| row.get::<_, i64>(0));
    match (count(VERSION), count(TABLES)) {
        (Ok(version), Ok(2)) => Ok(version),
        _ => Err(BackupError::NotAStore(path.to_owned())),
    }
}

/// To leave the write-ahead log a connection has to be the only one there is. Whoever opens the
/// store later turns it on again.
fn refuse_in_use(store: &Path) -> Result<()> {
    let only = Connection::open(store)?;
    only.busy_timeout(Duration::ZERO)?;
    let alone = only.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()));
    match alone {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
            Err(BackupError::InUse(store.to_owned()))
        }
        // What is no database is replaced all the same.
        _ => Ok(()),
    }
}

/// A file that is being made, and gone unless it gets its name.
struct Partial {
    path: PathBuf,
}

impl Partial {
    fn beside(path: &Path) -> Result<Self> {
        let path = with_suffix(path, ".partial");
        remove_if_there(&path)?;
        migrations::private(OpenOptions::new().write(true).create_new(true)).open(&path)?;
        Ok(Self { path })
    }

    fn rename(self, to: &Path) -> Result<()> {
        File::open(&self.path)?.sync_all()?;
        fs::rename(&self.path, to)?;
        if let Some(folder) = to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            File::open(folder)?.sync_all()?;
        }
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn remove_if_there(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
