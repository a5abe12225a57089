use reelmark_application::ports::UserRecord;
use rusqlite::{Connection, OptionalExtension, params};

use super::row::{user, user_columns};
use crate::error::Result;

const SET_ROLE: &str = concat!(
    "UPDATE users SET role = ?2, version = version + 1 WHERE username_key = ?1 RETURNING ",
    user_columns!()
);

pub(super) fn run(
    connection: &Connection,
    username_key: &str,
    role: &str,
) -> Result<Option<UserRecord>> {
    let mut statement = connection.prepare_cached(SET_ROLE)?;
    let updated = statement.query_one(params![username_key, role], user);
    Ok(updated.optional()?)
}
