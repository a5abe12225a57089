use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;

const FIND: &str = "SELECT id FROM import_sets WHERE name = ?1";

const MAKE: &str = "INSERT INTO import_sets (name) VALUES (?1)";

pub(super) fn find(connection: &Connection, name: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row([name], |row| row.get(0)).optional()?)
}

/// The transaction has the only write lock of the file, so nobody gets in between.
pub(super) fn make(connection: &Connection, name: &str) -> Result<i64> {
    match find(connection, name)? {
        Some(set) => Ok(set),
        None => Ok(connection.prepare_cached(MAKE)?.insert([name])?),
    }
}
