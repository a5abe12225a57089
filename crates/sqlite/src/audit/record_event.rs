use reelmark_application::ports::InsertAuditEvent;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::row::Micros;

const RECORD: &str = "
    INSERT INTO audit_events
        (at, kind, actor_user_id, subject_user_id, subject_name, address, detail)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

pub(super) fn run(connection: &Connection, event: &InsertAuditEvent) -> Result<()> {
    let parameters = params![
        Micros(event.at),
        event.kind,
        event.actor_user_id,
        event.subject_user_id,
        event.subject_name,
        event.address,
        event.detail,
    ];
    connection.prepare_cached(RECORD)?.execute(parameters)?;
    Ok(())
}
