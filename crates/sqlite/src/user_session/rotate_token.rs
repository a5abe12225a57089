use reelmark_application::ports::{RotateToken, RotationOutcome};
use reelmark_domain::{RefreshVerdict, Session, SpentToken};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::Result;
use crate::row::{Cells, Micros};

const FIND: &str = "
    SELECT sessions.id, sessions.user_id, token.spent_at, successor.token_hash
    FROM refresh_tokens AS token
    JOIN sessions ON sessions.id = token.session_id
    JOIN users ON users.id = sessions.user_id
    LEFT JOIN refresh_tokens AS successor
        ON successor.token_hash = token.successor_hash AND successor.spent_at IS NULL
    WHERE token.token_hash = ?1 AND expires_at > ?2 AND last_used_at > ?3
        AND status = 'active'";

const REPLACE: &str = "UPDATE refresh_tokens SET spent_at = ?2 WHERE token_hash = ?1";

/// The token keeps the time at which it was first spent: grace is not renewed by asking again.
const SPEND: &str = "
    UPDATE refresh_tokens SET spent_at = coalesce(spent_at, ?3), successor_hash = ?2
    WHERE token_hash = ?1";

const STORE: &str =
    "INSERT INTO refresh_tokens (token_hash, session_id, created_at) VALUES (?1, ?2, ?3)";

const USE: &str = "UPDATE sessions SET last_used_at = ?2 WHERE id = ?1";

const END: &str = "DELETE FROM sessions WHERE id = ?1";

/// A token, and what became of it before it is shown again.
struct Found {
    session_id: i64,
    user_id: i64,
    spent: Option<SpentToken>,
    unspent_successor: Option<String>,
}

/// The transaction has the only write lock of the file, so nobody gets in between.
pub(super) fn run(connection: &Connection, request: &RotateToken) -> Result<RotationOutcome> {
    let Some(found) = find(connection, request)? else {
        return Ok(RotationOutcome::Unknown);
    };
    let (session_id, user_id) = (found.session_id, found.user_id);
    if RefreshVerdict::of(found.spent, request.at) == RefreshVerdict::Reused {
        connection.prepare_cached(END)?.execute([session_id])?;
        return Ok(RotationOutcome::Reused { session_id, user_id });
    }
    rotate(connection, request, &found)?;
    Ok(RotationOutcome::Rotated { session_id, user_id })
}

fn find(connection: &Connection, request: &RotateToken) -> Result<Option<Found>> {
    let idle_since = Micros(Session::idle_since(request.at));
    let mut statement = connection.prepare_cached(FIND)?;
    let parameters = params![request.token_hash, Micros(request.at), idle_since];
    Ok(statement.query_row(parameters, read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Found> {
    let mut cells = Cells::of(row);
    let (session_id, user_id) = (cells.take()?, cells.take()?);
    let spent_at: Option<Micros> = cells.take()?;
    let unspent_successor: Option<String> = cells.take()?;
    let successor_is_unspent = unspent_successor.is_some();
    let spent = spent_at.map(|at| SpentToken { spent_at: at.0, successor_is_unspent });
    Ok(Found { session_id, user_id, spent, unspent_successor })
}

fn rotate(connection: &Connection, request: &RotateToken, found: &Found) -> Result<()> {
    let RotateToken { token_hash, successor_hash, at } = request;
    let at = Micros(*at);
    if let Some(replaced) = &found.unspent_successor {
        connection.prepare_cached(REPLACE)?.execute(params![replaced, at])?;
    }
    connection.prepare_cached(SPEND)?.execute(params![token_hash, successor_hash, at])?;
    connection.prepare_cached(STORE)?.execute(params![successor_hash, found.session_id, at])?;
    connection.prepare_cached(USE)?.execute(params![found.session_id, at])?;
    Ok(())
}
