use reelmark_application::ports::MessageRecord;
use rusqlite::{Connection, Row, params};
use time::{Duration, OffsetDateTime};

use crate::error::Result;
use crate::row::{Cells, Micros};

const CLAIM: &str = "
    UPDATE outbox_messages
    SET claimed_until = ?3
    WHERE id IN (
        SELECT id FROM outbox_messages
        WHERE claimed_until IS NULL OR claimed_until <= ?2
        ORDER BY id
        LIMIT ?1
    )
    RETURNING id, kind, payload, created_at";

pub(super) fn run(
    connection: &Connection,
    limit: usize,
    now: OffsetDateTime,
    hold: Duration,
) -> Result<Vec<MessageRecord>> {
    let until = now.saturating_add(hold);
    let mut statement = connection.prepare_cached(CLAIM)?;
    let messages = statement.query_map(params![limit, Micros(now), Micros(until)], message)?;
    let mut messages = messages.collect::<rusqlite::Result<Vec<_>>>()?;
    // RETURNING promises no order.
    messages.sort_unstable_by_key(|message| message.id);
    Ok(messages)
}

fn message(row: &Row<'_>) -> rusqlite::Result<MessageRecord> {
    let mut cells = Cells::of(row);
    Ok(MessageRecord {
        id: cells.take()?,
        kind: cells.take()?,
        payload: cells.take()?,
        created_at: cells.time()?,
    })
}
