use reelmark_application::ports::{RoleOutcome, SetRole};
use rusqlite::{Connection, OptionalExtension, params};

use super::is_last_admin;
use super::row::{user, user_columns};
use crate::error::Result;

const FIND: &str = "SELECT id FROM users WHERE username_key = ?1";

const SET_ROLE: &str = concat!(
    "UPDATE users SET role = ?2, version = version + 1 WHERE id = ?1 RETURNING ",
    user_columns!()
);

pub(super) fn run(connection: &Connection, set: &SetRole) -> Result<RoleOutcome> {
    let mut find = connection.prepare_cached(FIND)?;
    let found = find.query_one([&set.username_key], |row| row.get(0)).optional()?;
    let Some(id) = found else { return Ok(RoleOutcome::NotFound) };
    let takes_admin = set.keep_an_admin && set.role != "admin";
    if takes_admin && is_last_admin::run(connection, id)? == Some(true) {
        return Ok(RoleOutcome::LastAdmin);
    }
    let mut statement = connection.prepare_cached(SET_ROLE)?;
    Ok(RoleOutcome::Given(statement.query_one(params![id, set.role], user)?))
}
