use reelmark_application::ports::ImportClaim;
use rusqlite::{Connection, OptionalExtension, params};
use time::{Duration, OffsetDateTime};

use super::row::{import, import_columns};
use crate::error::Result;
use crate::row::Micros;

const START: &str = concat!(
    "
    UPDATE personal_imports
    SET status = 'running', claimed_at = ?2, renewed_at = ?2
    WHERE id = ?1 AND (status = 'queued' OR status = 'running' AND renewed_at <= ?3)
    RETURNING ",
    import_columns!()
);

const IS_RUNNING: &str =
    "SELECT count(*) FROM personal_imports WHERE id = ?1 AND status IN ('queued', 'running')";

pub(super) fn run(
    connection: &Connection,
    id: i64,
    now: OffsetDateTime,
    lease: Duration,
) -> Result<ImportClaim> {
    let abandoned = now.saturating_sub(lease);
    let mut start = connection.prepare_cached(START)?;
    let started = start.query_one(params![id, Micros(now), Micros(abandoned)], import);
    if let Some(record) = started.optional()? {
        return Ok(ImportClaim::Taken(Box::new(record)));
    }
    let mut is_running = connection.prepare_cached(IS_RUNNING)?;
    let running: i64 = is_running.query_row([id], |row| row.get(0))?;
    Ok(if running > 0 { ImportClaim::Busy } else { ImportClaim::Over })
}
