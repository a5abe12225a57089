use rusqlite::Connection;

use crate::error::Result;
use crate::row::Json;

const RELEASE: &str = "
    UPDATE outbox_messages
    SET claimed_until = NULL
    WHERE id IN (SELECT value FROM json_each(?1))";

pub(super) fn run(connection: &Connection, ids: &[i64]) -> Result<()> {
    connection.prepare_cached(RELEASE)?.execute([Json(ids)])?;
    Ok(())
}
