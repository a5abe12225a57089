use reelmark_application::ports::UserRecord;
use rusqlite::{Connection, OptionalExtension};

use super::row::{user, user_columns};
use crate::error::Result;

const BY_ID: &str = concat!("SELECT ", user_columns!(), " FROM users WHERE id = ?1");

const BY_USERNAME: &str =
    concat!("SELECT ", user_columns!(), " FROM users WHERE username_key = ?1");

pub(super) fn by_id(connection: &Connection, id: i64) -> Result<Option<UserRecord>> {
    let mut statement = connection.prepare_cached(BY_ID)?;
    Ok(statement.query_row([id], user).optional()?)
}

pub(super) fn by_username(
    connection: &Connection,
    username_key: &str,
) -> Result<Option<UserRecord>> {
    let mut statement = connection.prepare_cached(BY_USERNAME)?;
    Ok(statement.query_row([username_key], user).optional()?)
}
