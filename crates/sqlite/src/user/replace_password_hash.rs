use rusqlite::{Connection, params};

use crate::error::Result;

const REPLACE: &str = "UPDATE users SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2";

pub(super) fn run(connection: &Connection, id: i64, old: &str, new: &str) -> Result<bool> {
    let mut statement = connection.prepare_cached(REPLACE)?;
    Ok(statement.execute(params![id, old, new])? > 0)
}
