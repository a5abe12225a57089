use rusqlite::{Connection, OptionalExtension};

use crate::error::Result;

/// The transaction has the only write lock of the file, so no other admin goes meanwhile.
const IS_LAST_ADMIN: &str = "
    SELECT role = 'admin' AND status = 'active' AND NOT EXISTS (
        SELECT 1 FROM users AS other
        WHERE other.role = 'admin' AND other.status = 'active' AND other.id <> users.id
    )
    FROM users
    WHERE id = ?1";

/// Whether this is the only active admin; `None` when there is no such user.
pub(crate) fn run(connection: &Connection, user_id: i64) -> Result<Option<bool>> {
    let mut statement = connection.prepare_cached(IS_LAST_ADMIN)?;
    Ok(statement.query_one([user_id], |row| row.get(0)).optional()?)
}
