use reelmark_application::ports::{LISTED_SESSIONS, SessionRecord};
use reelmark_domain::Session;
use rusqlite::{Connection, Row, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::{Cells, Micros};

const LIST: &str = "
    SELECT id, device, created_at, last_used_at
    FROM sessions
    WHERE user_id = ?1 AND expires_at > ?2 AND last_used_at > ?3
    ORDER BY last_used_at DESC, id DESC
    LIMIT ?4";

pub(super) fn run(
    connection: &Connection,
    user_id: i64,
    now: OffsetDateTime,
) -> Result<Vec<SessionRecord>> {
    let idle_since = Micros(Session::idle_since(now));
    let mut statement = connection.prepare_cached(LIST)?;
    let parameters = params![user_id, Micros(now), idle_since, LISTED_SESSIONS];
    let listed = statement.query_map(parameters, record)?;
    Ok(listed.collect::<rusqlite::Result<_>>()?)
}

fn record(row: &Row<'_>) -> rusqlite::Result<SessionRecord> {
    let mut cells = Cells::of(row);
    Ok(SessionRecord {
        id: cells.take()?,
        device: cells.take()?,
        created_at: cells.time()?,
        last_used_at: cells.time()?,
    })
}
