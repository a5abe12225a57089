use reelmark_application::ports::DeadLetter;
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const BURY: &str = "
    INSERT INTO dead_letters (id, kind, payload, created_at, reason, buried_at)
    SELECT id, kind, payload, created_at, ?2, ?3 FROM outbox_messages WHERE id = ?1
    ON CONFLICT (id) DO NOTHING";

const FORGET: &str = "DELETE FROM outbox_messages WHERE id = ?1";

pub(super) fn run(
    connection: &Connection,
    letters: &[DeadLetter],
    at: OffsetDateTime,
) -> Result<()> {
    let mut bury = connection.prepare_cached(BURY)?;
    let mut forget = connection.prepare_cached(FORGET)?;
    for letter in letters {
        bury.execute(params![letter.id, letter.reason, Micros(at)])?;
        forget.execute([letter.id])?;
    }
    Ok(())
}
