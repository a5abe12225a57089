use rusqlite::Connection;

use crate::error::Result;

const REMOVE: &str = "
    DELETE FROM personal_imports
    WHERE owner_id = ?1 AND id = ?2 AND status NOT IN ('queued', 'running')";

pub(super) fn run(connection: &Connection, owner_id: i64, id: i64) -> Result<bool> {
    Ok(connection.prepare_cached(REMOVE)?.execute([owner_id, id])? > 0)
}
