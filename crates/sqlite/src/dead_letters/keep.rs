use reelmark_application::ports::DeadLetterRecord;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::row::Micros;

const KEEP: &str = "
    INSERT INTO dead_letters (id, kind, payload, created_at, reason, buried_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6)
    ON CONFLICT (id) DO NOTHING";

pub(super) fn run(connection: &Connection, letters: &[DeadLetterRecord]) -> Result<()> {
    let mut statement = connection.prepare_cached(KEEP)?;
    for DeadLetterRecord { message, reason, buried_at } in letters {
        let (id, kind, payload) = (message.id, &message.kind, &message.payload);
        let (created_at, buried_at) = (Micros(message.created_at), Micros(*buried_at));
        statement.execute(params![id, kind, payload, created_at, reason, buried_at])?;
    }
    Ok(())
}
