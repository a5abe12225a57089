use reelmark_application::ports::{RotateToken, RotationOutcome};
use reelmark_domain::{RefreshVerdict, Session, SpentToken};
use tokio_postgres::Row;

use crate::error::Result;
use crate::session::Transaction;
use crate::store::PostgresStore;

/// Everything about a session is done one after the other.
const LOCK: &str = "
    SELECT sessions.id, user_id
    FROM sessions JOIN users ON users.id = user_id
    WHERE sessions.id = (SELECT session_id FROM refresh_tokens WHERE token_hash = $1)
        AND expires_at > $2 AND last_used_at > $3 AND status = 'active'
    FOR UPDATE OF sessions";

/// A statement of its own, so that it sees what was committed while the lock was waited for.
const FIND: &str = "
    SELECT token.spent_at, successor.token_hash AS unspent_successor
    FROM refresh_tokens AS token
    LEFT JOIN refresh_tokens AS successor
        ON successor.token_hash = token.successor_hash AND successor.spent_at IS NULL
    WHERE token.token_hash = $1";

/// The token keeps the time at which it was first spent: grace is not renewed by asking again.
const ROTATE: &str = "
    WITH replaced AS (
        UPDATE refresh_tokens SET spent_at = $4 WHERE token_hash = $5
    ), spent AS (
        UPDATE refresh_tokens SET spent_at = coalesce(spent_at, $4), successor_hash = $3
        WHERE token_hash = $2
    ), stored AS (
        INSERT INTO refresh_tokens (token_hash, session_id, created_at) VALUES ($3, $1, $4)
    )
    UPDATE sessions SET last_used_at = $4 WHERE id = $1";

const END: &str = "DELETE FROM sessions WHERE id = $1";

/// What became of a token before it is shown again.
struct Found {
    spent: Option<SpentToken>,
    unspent_successor: Option<String>,
}

pub(super) async fn run(store: &PostgresStore, request: &RotateToken) -> Result<RotationOutcome> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let outcome = rotate(&transaction, request).await?;
    transaction.commit().await?;
    Ok(outcome)
}

async fn rotate(transaction: &Transaction<'_>, request: &RotateToken) -> Result<RotationOutcome> {
    let RotateToken { token_hash, successor_hash, at } = request;
    let idle_since = Session::idle_since(*at);
    let locked = transaction.query_opt(LOCK, &[token_hash, at, &idle_since]).await?;
    let found = transaction.query_opt(FIND, &[token_hash]).await?;
    let (Some(locked), Some(found)) = (locked, found) else {
        return Ok(RotationOutcome::Unknown);
    };
    let (session_id, user_id): (i64, i64) = (locked.try_get("id")?, locked.try_get("user_id")?);
    let found = read(&found)?;
    if RefreshVerdict::of(found.spent, *at) == RefreshVerdict::Reused {
        transaction.query(END, &[&session_id]).await?;
        return Ok(RotationOutcome::Reused { session_id, user_id });
    }
    let replaced = found.unspent_successor;
    transaction.query(ROTATE, &[&session_id, token_hash, successor_hash, at, &replaced]).await?;
    Ok(RotationOutcome::Rotated { session_id, user_id })
}

fn read(row: &Row) -> Result<Found> {
    let unspent_successor: Option<String> = row.try_get("unspent_successor")?;
    let successor_is_unspent = unspent_successor.is_some();
    let spent_at: Option<_> = row.try_get("spent_at")?;
    let spent = spent_at.map(|spent_at| SpentToken { spent_at, successor_is_unspent });
    Ok(Found { spent, unspent_successor })
}
