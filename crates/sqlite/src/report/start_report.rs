use reelmark_application::ports::ReportClaim;
use rusqlite::{Connection, OptionalExtension, params};
use time::{Duration, OffsetDateTime};

use super::row::{report, report_columns};
use crate::error::Result;
use crate::row::Micros;

const START: &str = concat!(
    "
    UPDATE reports
    SET status = 'running', started_at = ?2
    WHERE id = ?1 AND (status = 'queued' OR status = 'running' AND started_at <= ?3)
    RETURNING ",
    report_columns!(),
    ", result"
);

const IS_RUNNING: &str =
    "SELECT count(*) FROM reports WHERE id = ?1 AND status IN ('queued', 'running')";

pub(super) fn run(
    connection: &Connection,
    id: i64,
    now: OffsetDateTime,
    lease: Duration,
) -> Result<ReportClaim> {
    let abandoned = now.saturating_sub(lease);
    let mut start = connection.prepare_cached(START)?;
    let started = start.query_one(params![id, Micros(now), Micros(abandoned)], report);
    if let Some(record) = started.optional()? {
        return Ok(ReportClaim::Taken(Box::new(record)));
    }
    let mut is_running = connection.prepare_cached(IS_RUNNING)?;
    let running: i64 = is_running.query_row([id], |row| row.get(0))?;
    Ok(if running > 0 { ReportClaim::Busy } else { ReportClaim::Over })
}
