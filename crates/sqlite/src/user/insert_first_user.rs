use reelmark_application::ports::{InsertUser, UserRecord};
use rusqlite::Connection;

use super::insert_user;
use crate::error::Result;

/// Accounts that stand for imported raters are nobody's.
const HAS_USERS: &str = "
    SELECT EXISTS (
        SELECT 1 FROM users
        WHERE NOT EXISTS (SELECT 1 FROM import_raters WHERE user_id = users.id)
    )";

/// The transaction has the only write lock of the file, so nobody gets in between.
pub(super) fn run(connection: &Connection, request: &InsertUser) -> Result<Option<UserRecord>> {
    let mut statement = connection.prepare_cached(HAS_USERS)?;
    if statement.query_one([], |row| row.get(0))? {
        return Ok(None);
    }
    insert_user::run(connection, request).map(Some)
}
