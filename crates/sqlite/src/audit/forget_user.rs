use rusqlite::Connection;

use crate::error::Result;

const FORGET: &str = "
    UPDATE audit_events
    SET subject_name = CASE WHEN subject_user_id = ?1 THEN NULL ELSE subject_name END,
        address = NULL
    WHERE subject_user_id = ?1 OR actor_user_id = ?1";

pub(crate) fn run(connection: &Connection, user_id: i64) -> Result<()> {
    connection.prepare_cached(FORGET)?.execute([user_id])?;
    Ok(())
}
