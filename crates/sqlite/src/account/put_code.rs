use reelmark_application::ports::PutAccountCode;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::row::Micros;

const PUT: &str = "
    INSERT INTO account_codes (code_hash, user_id, purpose, created_at, expires_at)
    SELECT ?1, users.id, ?3, ?4, ?5
    FROM users
    WHERE users.id = ?2
    ON CONFLICT (user_id, purpose) DO UPDATE SET
        code_hash = excluded.code_hash,
        created_at = excluded.created_at,
        expires_at = excluded.expires_at";

pub(super) fn run(connection: &Connection, code: &PutAccountCode) -> Result<bool> {
    let mut statement = connection.prepare_cached(PUT)?;
    let (at, expires_at) = (Micros(code.at), Micros(code.expires_at));
    let parameters = params![code.code_hash, code.user_id, code.purpose, at, expires_at];
    Ok(statement.execute(parameters)? > 0)
}
