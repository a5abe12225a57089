use rusqlite::Connection;

use crate::error::Result;
use crate::row::Json;

const CONFIRM: &str = "DELETE FROM outbox_messages WHERE id IN (SELECT value FROM json_each(?1))";

pub(super) fn run(connection: &Connection, ids: &[i64]) -> Result<()> {
    connection.prepare_cached(CONFIRM)?.execute([Json(ids)])?;
    Ok(())
}
