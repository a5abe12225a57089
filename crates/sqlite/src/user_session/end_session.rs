use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;

const ONE: &str = "DELETE FROM sessions WHERE id = ?2 AND user_id = ?1";

const BY_TOKEN: &str = "
    DELETE FROM sessions
    WHERE id = (SELECT session_id FROM refresh_tokens WHERE token_hash = ?1)
    RETURNING user_id";

const ALL: &str = "DELETE FROM sessions WHERE user_id = ?1 AND id IS NOT ?2";

pub(super) fn one(connection: &Connection, user_id: i64, session_id: i64) -> Result<bool> {
    let mut statement = connection.prepare_cached(ONE)?;
    Ok(statement.execute(params![user_id, session_id])? > 0)
}

pub(super) fn by_token(connection: &Connection, token_hash: &str) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(BY_TOKEN)?;
    Ok(statement.query_one([token_hash], |row| row.get(0)).optional()?)
}

pub(super) fn all(connection: &Connection, user_id: i64, except: Option<i64>) -> Result<u64> {
    let mut statement = connection.prepare_cached(ALL)?;
    Ok(statement.execute(params![user_id, except])? as u64)
}
