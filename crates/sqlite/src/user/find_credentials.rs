use reelmark_application::ports::{CredentialsRecord, LoginKey};
use rusqlite::{Connection, OptionalExtension, Row};

use super::row::{next_user, user_columns};
use crate::error::Result;
use crate::row::Cells;

const BY_USERNAME: &str =
    concat!("SELECT ", user_columns!(), ", password_hash FROM users WHERE username_key = ?1");

const BY_EMAIL: &str =
    concat!("SELECT ", user_columns!(), ", password_hash FROM users WHERE email = ?1");

pub(super) fn run(connection: &Connection, key: &LoginKey) -> Result<Option<CredentialsRecord>> {
    let (statement, value) = match key {
        LoginKey::Username(username_key) => (BY_USERNAME, username_key),
        LoginKey::Email(email) => (BY_EMAIL, email),
    };
    let mut statement = connection.prepare_cached(statement)?;
    Ok(statement.query_row([value], credentials).optional()?)
}

fn credentials(row: &Row<'_>) -> rusqlite::Result<CredentialsRecord> {
    let mut cells = Cells::of(row);
    Ok(CredentialsRecord { user: next_user(&mut cells)?, password_hash: cells.take()? })
}
