use reelmark_application::ports::ResetPasswordByCode;
use reelmark_domain::CodePurpose;
use rusqlite::{Connection, params};

use super::use_up_code;
use crate::error::Result;

const SET: &str = "
    UPDATE users
    SET password_hash = ?2, status = CASE status WHEN 'pending' THEN 'active' ELSE status END
    WHERE id = ?1";

const END_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = ?1";

pub(super) fn run(connection: &Connection, reset: &ResetPasswordByCode) -> Result<bool> {
    let purpose = CodePurpose::PasswordReset;
    let owner = use_up_code::run(connection, &reset.code_hash, purpose, reset.at)?;
    let Some(user_id) = owner else { return Ok(false) };
    connection.prepare_cached(SET)?.execute(params![user_id, reset.password_hash])?;
    connection.prepare_cached(END_SESSIONS)?.execute([user_id])?;
    Ok(true)
}
