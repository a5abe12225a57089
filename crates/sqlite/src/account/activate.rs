use reelmark_domain::CodePurpose;
use rusqlite::Connection;
use time::OffsetDateTime;

use super::use_up_code;
use crate::error::Result;

const ACTIVATE: &str = "
    UPDATE users SET status = 'active', version = version + 1
    WHERE id = ?1 AND status = 'pending'";

/// Whose code it was.
pub(super) fn run(
    connection: &Connection,
    code_hash: &str,
    at: OffsetDateTime,
) -> Result<Option<i64>> {
    let owner = use_up_code::run(connection, code_hash, CodePurpose::Activation, at)?;
    let Some(user_id) = owner else { return Ok(None) };
    connection.prepare_cached(ACTIVATE)?.execute([user_id])?;
    Ok(owner)
}
