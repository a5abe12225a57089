use reelmark_application::ports::{DeadLetterRecord, MessageRecord};
use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::row::Cells;

const LIST: &str = "
    SELECT id, kind, payload, created_at, reason, buried_at
    FROM dead_letters
    WHERE ?1 IS NULL OR id > ?1
    ORDER BY id
    LIMIT ?2";

pub(super) fn run(
    connection: &Connection,
    after: Option<i64>,
    limit: usize,
) -> Result<Vec<DeadLetterRecord>> {
    let mut statement = connection.prepare_cached(LIST)?;
    let letters = statement.query_map(params![after, limit], letter)?;
    Ok(letters.collect::<rusqlite::Result<_>>()?)
}

fn letter(row: &Row<'_>) -> rusqlite::Result<DeadLetterRecord> {
    let mut cells = Cells::of(row);
    Ok(DeadLetterRecord {
        message: MessageRecord {
            id: cells.take()?,
            kind: cells.take()?,
            payload: cells.take()?,
            created_at: cells.time()?,
        },
        reason: cells.take()?,
        buried_at: cells.time()?,
    })
}
