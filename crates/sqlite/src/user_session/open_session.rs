use reelmark_application::ports::OpenSession;
use reelmark_domain::Session;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::row::Micros;

const FORGET: &str =
    "DELETE FROM sessions WHERE user_id = ?1 AND (expires_at <= ?2 OR last_used_at <= ?3)";

const OPEN: &str = "
    INSERT INTO sessions (user_id, device, created_at, last_used_at, expires_at)
    SELECT id, ?3, ?4, ?4, ?5 FROM users
    WHERE id = ?1 AND password_hash = ?2 AND status = 'active'
    RETURNING id";

const STORE_TOKEN: &str =
    "INSERT INTO refresh_tokens (token_hash, session_id, created_at) VALUES (?1, ?2, ?3)";

pub(super) fn run(connection: &Connection, request: &OpenSession) -> Result<Option<i64>> {
    let (at, idle_since) = (Micros(request.at), Micros(Session::idle_since(request.at)));
    let mut open = connection.prepare_cached(OPEN)?;
    let parameters = params![
        request.user_id,
        request.password_hash,
        request.device,
        at,
        Micros(request.expires_at),
    ];
    let Some(session_id) = open.query_one(parameters, |row| row.get(0)).optional()? else {
        return Ok(None);
    };
    let mut store = connection.prepare_cached(STORE_TOKEN)?;
    store.execute(params![request.token_hash, session_id, at])?;
    let mut forget = connection.prepare_cached(FORGET)?;
    forget.execute(params![request.user_id, at, idle_since])?;
    Ok(Some(session_id))
}
