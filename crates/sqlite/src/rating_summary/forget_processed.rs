use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const FORGET: &str = "
    DELETE FROM processed_messages
    WHERE message_id IN (
        SELECT message_id FROM processed_messages
        WHERE processed_at < ?1
            AND NOT EXISTS (SELECT 1 FROM outbox_messages WHERE id = message_id)
        ORDER BY processed_at
        LIMIT ?2
    )";

pub(super) fn run(connection: &Connection, before: OffsetDateTime, limit: usize) -> Result<usize> {
    Ok(connection.prepare_cached(FORGET)?.execute(params![Micros(before), limit])?)
}
