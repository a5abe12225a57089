//! Opens connections, and says how SQLite must behave on them.

use std::path::Path;
use std::time::Duration;

use reelmark_application::ports::RepositoryError;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::error::Result;

/// How long a connection waits for a lock that another process holds.
const LOCK_PATIENCE: Duration = Duration::from_secs(5);

/// Reads run on the threads of the server, and a lock that a reader has to wait for is rare: only
/// recovery after a crash takes one.
const READ_LOCK_PATIENCE: Duration = Duration::from_millis(250);

/// More than there are statements in this crate, so that none is ever prepared twice.
const CACHED_STATEMENTS: usize = 192;

/// `FULL` makes a commit wait until the disk has it: no acknowledged write is ever lost.
const WRITER_PRAGMAS: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA cache_size = -65536;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA wal_autocheckpoint = 8000;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
";

/// Readers see the file through the system's page cache, so their own can be small.
const READER_PRAGMAS: &str = "
    PRAGMA query_only = ON;
    PRAGMA cache_size = -4096;
    PRAGMA mmap_size = 268435456;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
";

/// The connection that changes the schema. Foreign keys are off, because a migration that builds a
/// table anew drops the old one, which would cascade.
pub(crate) fn open_for_migrations(path: &Path) -> Result<Connection> {
    let connection = open(path, LOCK_PATIENCE)?;
    use_write_ahead_log(&connection)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;")?;
    Ok(connection)
}

/// The connection that all writes go through.
pub(crate) fn open_writer(path: &Path) -> Result<Connection> {
    let connection = open(path, LOCK_PATIENCE)?;
    use_write_ahead_log(&connection)?;
    connection.execute_batch(WRITER_PRAGMAS)?;
    Ok(connection)
}

/// A connection that can't write. It doesn't open the file read-only, because then it could not
/// repair the write-ahead log after a crash.
pub(crate) fn open_reader(path: &Path) -> Result<Connection> {
    let connection = open(path, READ_LOCK_PATIENCE)?;
    connection.execute_batch(READER_PRAGMAS)?;
    Ok(connection)
}

/// The file must be there: `migrations` makes it, with the right mode and under its lock.
fn open(path: &Path, patience: Duration) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(patience)?;
    connection.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
    keep_plans(&connection)?;
    Ok(connection)
}

/// Without this, SQLite may plan a statement for the values of its parameters, and then plans it
/// anew whenever they change. That made looking up a movie take nine times as long.
fn keep_plans(connection: &Connection) -> Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// SQLite answers with the mode it took, which is another one where the file system can't do it.
fn use_write_ahead_log(connection: &Connection) -> Result<()> {
    let mode: String =
        connection.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if mode == "wal" {
        return Ok(());
    }
    let refused = "this file system can't hold SQLite's write-ahead log";
    Err(RepositoryError::Unavailable(refused.into()).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::NamedTempFile;

    fn pragma(connection: &Connection, name: &str) -> String {
        let value = connection
            .pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
        match value.unwrap() {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => panic!("{name} is {other:?}"),
        }
    }

    #[test]
    fn the_writer_is_durable_and_keeps_references() {
        let file = NamedTempFile::new().unwrap();
        let writer = open_writer(file.path()).unwrap();

        let names = ["journal_mode", "synchronous", "foreign_keys", "busy_timeout"];
        let values = names.map(|name| pragma(&writer, name));

        assert_eq!(values, ["wal", "2", "1", "5000"]);
    }

    #[test]
    fn a_reader_cannot_write() {
        let file = NamedTempFile::new().unwrap();
        open_writer(file.path()).unwrap();

        let reader = open_reader(file.path()).unwrap();

        assert_eq!(pragma(&reader, "journal_mode"), "wal");
        assert!(reader.execute_batch("CREATE TABLE t (id INTEGER)").is_err());
    }

    #[test]
    fn a_missing_file_is_not_made() {
        let folder = tempfile::tempdir().unwrap();
        assert!(open_writer(&folder.path().join("nothing.db")).is_err());
    }
}
