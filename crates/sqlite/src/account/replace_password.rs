use reelmark_application::ports::ReplacePassword;
use rusqlite::{Connection, params};

use crate::error::Result;

const REPLACE: &str = "UPDATE users SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2";

const END_OTHER_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = ?1 AND id <> ?2";

const FORGET_CODES: &str =
    "DELETE FROM account_codes WHERE user_id = ?1 AND purpose = 'password_reset'";

pub(super) fn run(connection: &Connection, password: &ReplacePassword) -> Result<bool> {
    let ReplacePassword { user_id, old_hash, new_hash, keep_session } = password;
    let mut replace = connection.prepare_cached(REPLACE)?;
    if replace.execute(params![user_id, old_hash, new_hash])? == 0 {
        return Ok(false);
    }
    connection.prepare_cached(END_OTHER_SESSIONS)?.execute(params![user_id, keep_session])?;
    connection.prepare_cached(FORGET_CODES)?.execute([user_id])?;
    Ok(true)
}
