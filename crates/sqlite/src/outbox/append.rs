use reelmark_application::messages::Channel;
use rusqlite::{Connection, params};
use serde::Serialize;
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::{Json, Micros};

pub(super) const APPEND: &str = "
    INSERT INTO outbox_messages (kind, payload, created_at, channel) VALUES (?1, ?2, ?3, ?4)";

/// Stores a message in the transaction of what it tells of.
pub(crate) fn append(
    connection: &Connection,
    kind: &str,
    message: &impl Serialize,
    at: OffsetDateTime,
) -> Result<()> {
    let mut statement = connection.prepare_cached(APPEND)?;
    let channel = Channel::of(kind).name();
    statement.execute(params![kind, Json(message), Micros(at), channel])?;
    Ok(())
}
