use reelmark_application::ports::OpenSession;
use reelmark_domain::Session;

use crate::error::Result;
use crate::store::PostgresStore;

/// The lock on the user keeps a new password or status waiting until the session is there for them
/// to end.
const OPEN: &str = "
    WITH owner AS (
        SELECT id FROM users
        WHERE id = $1 AND password_hash = $2 AND status = 'active'
        FOR SHARE
    ), forgotten AS (
        DELETE FROM sessions
        USING owner
        WHERE sessions.user_id = owner.id AND (expires_at <= $5 OR last_used_at <= $7)
    ), opened AS (
        INSERT INTO sessions (user_id, device, created_at, last_used_at, expires_at)
        SELECT id, $3::text, $5::timestamptz, $5, $6::timestamptz FROM owner
        RETURNING id
    )
    INSERT INTO refresh_tokens (token_hash, session_id, created_at)
    SELECT $4::text, id, $5 FROM opened
    RETURNING session_id";

pub(super) async fn run(store: &PostgresStore, request: &OpenSession) -> Result<Option<i64>> {
    let OpenSession { user_id, password_hash, device, token_hash, at, expires_at } = request;
    let idle_since = Session::idle_since(*at);
    let session = store.session().await?;
    let opened = session
        .query_opt(OPEN, &[user_id, password_hash, device, token_hash, at, expires_at, &idle_since])
        .await?;
    Ok(opened.map(|row| row.try_get("session_id")).transpose()?)
}
