use reelmark_application::ports::{ImportHold, ImportProblem};
use rusqlite::{Connection, Params, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

/// Changes an import that is still held by the claim of `?1` and `?2`.
macro_rules! settle {
    ($changes:literal) => {
        concat!(
            "UPDATE personal_imports SET ",
            $changes,
            " WHERE id = ?1 AND status = 'running' AND claimed_at = ?2"
        )
    };
}

const FINISH: &str = settle!("status = 'done', finished_at = ?3");
const FAIL: &str =
    settle!("status = 'failed', problem_code = ?3, problem_message = ?4, finished_at = ?5");
pub(super) const RELEASE: &str = settle!("status = 'queued', claimed_at = NULL, renewed_at = NULL");

const FORGET_FILE: &str = "DELETE FROM personal_import_files WHERE import_id = ?1";

pub(super) fn finish(
    connection: &Connection,
    hold: ImportHold,
    at: OffsetDateTime,
) -> Result<bool> {
    let parameters = params![hold.id, Micros(hold.claimed_at), Micros(at)];
    settle_for_good(connection, FINISH, parameters, hold.id)
}

pub(super) fn fail(
    connection: &Connection,
    hold: ImportHold,
    problem: &ImportProblem,
    at: OffsetDateTime,
) -> Result<bool> {
    let (claim, at) = (Micros(hold.claimed_at), Micros(at));
    let parameters = params![hold.id, claim, problem.code, problem.message, at];
    settle_for_good(connection, FAIL, parameters, hold.id)
}

fn settle_for_good(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    id: i64,
) -> Result<bool> {
    let is_held = connection.prepare_cached(sql)?.execute(parameters)? > 0;
    if is_held {
        forget_file(connection, id)?;
    }
    Ok(is_held)
}

/// Nobody needs it any more.
pub(super) fn forget_file(connection: &Connection, id: i64) -> Result<()> {
    connection.prepare_cached(FORGET_FILE)?.execute([id])?;
    Ok(())
}
