use reelmark_application::ports::UserRecord;
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;
use crate::user::row::{user, user_columns};

const FIND: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users WHERE id = (
        SELECT user_id FROM account_codes
        WHERE code_hash = ?1 AND purpose = ?2 AND expires_at > ?3
    )"
);

pub(super) fn run(
    connection: &Connection,
    code_hash: &str,
    purpose: &str,
    now: OffsetDateTime,
) -> Result<Option<UserRecord>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row(params![code_hash, purpose, Micros(now)], user).optional()?)
}
