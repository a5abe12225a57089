use reelmark_domain::Session;
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what is ended or swept just now.
const FORGET: &str = "
    DELETE FROM sessions
    WHERE id IN (
        SELECT id FROM sessions
        WHERE expires_at <= $1 OR last_used_at <= $2
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id";

pub(super) async fn run(store: &PostgresStore, now: OffsetDateTime, limit: usize) -> Result<usize> {
    let session = store.session().await?;
    let idle_since = Session::idle_since(now);
    Ok(session.query(FORGET, &[&now, &idle_since, &limited(limit)]).await?.len())
}
