use reelmark_application::ports::{InsertUser, UserRecord};
use rusqlite::{Connection, params};

use super::row::{user, user_columns};
use crate::error::Result;
use crate::row::Micros;

const INSERT: &str = concat!(
    "INSERT INTO users (username, username_key, email, password_hash, role, created_at)
     VALUES (?1, ?2, ?3, ?4, ?5, ?6)
     RETURNING ",
    user_columns!()
);

pub(super) fn run(connection: &Connection, request: &InsertUser) -> Result<UserRecord> {
    let mut statement = connection.prepare_cached(INSERT)?;
    let parameters = params![
        request.username,
        request.username_key,
        request.email,
        request.password_hash,
        request.role,
        Micros(request.at),
    ];
    Ok(statement.query_one(parameters, user)?)
}
