use reelmark_application::ports::ReportHold;
use rusqlite::{Connection, Params, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

/// Changes a report that is still held by the claim of `?1` and `?2`.
macro_rules! settle {
    ($changes:literal) => {
        concat!(
            "UPDATE reports SET ",
            $changes,
            " WHERE id = ?1 AND status = 'running' AND started_at = ?2"
        )
    };
}

const FINISH: &str = settle!("status = 'done', result = ?3, finished_at = ?4");
const FAIL: &str = settle!("status = 'failed', failure = ?3, finished_at = ?4");
const RELEASE: &str = settle!("status = 'queued', started_at = NULL");

pub(super) fn finish(
    connection: &Connection,
    hold: ReportHold,
    result: &str,
    at: OffsetDateTime,
) -> Result<bool> {
    settle(connection, FINISH, params![hold.id, Micros(hold.started_at), result, Micros(at)])
}

pub(super) fn fail(
    connection: &Connection,
    hold: ReportHold,
    failure: &str,
    at: OffsetDateTime,
) -> Result<bool> {
    settle(connection, FAIL, params![hold.id, Micros(hold.started_at), failure, Micros(at)])
}

pub(super) fn release(connection: &Connection, hold: ReportHold) -> Result<bool> {
    settle(connection, RELEASE, params![hold.id, Micros(hold.started_at)])
}

fn settle(connection: &Connection, sql: &str, parameters: impl Params) -> Result<bool> {
    Ok(connection.prepare_cached(sql)?.execute(parameters)? > 0)
}
