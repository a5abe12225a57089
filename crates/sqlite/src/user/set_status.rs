use reelmark_application::ports::UserRecord;
use rusqlite::{Connection, OptionalExtension, params};

use super::row::{user, user_columns};
use crate::error::Result;

const SET_STATUS: &str = concat!(
    "UPDATE users SET status = ?2, version = version + 1 WHERE username_key = ?1 RETURNING ",
    user_columns!()
);

const END_SESSIONS: &str = "
    DELETE FROM sessions WHERE user_id IN (
        SELECT id FROM users WHERE username_key = ?1 AND status <> 'active'
    )";

pub(super) fn run(
    connection: &Connection,
    username_key: &str,
    status: &str,
) -> Result<Option<UserRecord>> {
    let mut set = connection.prepare_cached(SET_STATUS)?;
    let updated = set.query_one(params![username_key, status], user).optional()?;
    connection.prepare_cached(END_SESSIONS)?.execute([username_key])?;
    Ok(updated)
}
