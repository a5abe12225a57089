use reelmark_application::ports::UserRecord;
use reelmark_domain::Session;
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;
use crate::user::row::{user, user_columns};

const FIND: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users
    WHERE id = ?1 AND EXISTS (
        SELECT 1 FROM sessions
        WHERE sessions.id = ?2 AND user_id = ?1 AND expires_at > ?3 AND last_used_at > ?4
    )"
);

pub(super) fn run(
    connection: &Connection,
    user_id: i64,
    session_id: i64,
    now: OffsetDateTime,
) -> Result<Option<UserRecord>> {
    let idle_since = Micros(Session::idle_since(now));
    let mut statement = connection.prepare_cached(FIND)?;
    let parameters = params![user_id, session_id, Micros(now), idle_since];
    Ok(statement.query_row(parameters, user).optional()?)
}
