use reelmark_domain::Session;
use time::OffsetDateTime;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what is ended or swept just now. Two reads, because each has an index.
const FORGET: &str = "
    WITH expired AS (
        SELECT id FROM sessions
        WHERE expires_at <= $1
        ORDER BY expires_at
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    ), idle AS (
        SELECT id FROM sessions
        WHERE last_used_at <= $2
        ORDER BY last_used_at
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    )
    DELETE FROM sessions
    WHERE id = ANY (ARRAY(
        SELECT id FROM expired UNION SELECT id FROM idle LIMIT $3
    ))
    RETURNING id";

pub(super) async fn run(store: &PostgresStore, now: OffsetDateTime, limit: usize) -> Result<usize> {
    let session = store.session().await?;
    let idle_since = Session::idle_since(now);
    let limit = limited(limit);
    let parameters: [(&(dyn ToSql + Sync), Type); 3] =
        [(&now, Type::TIMESTAMPTZ), (&idle_since, Type::TIMESTAMPTZ), (&limit, Type::INT8)];
    Ok(session.query_planned_anew(FORGET, &parameters).await?.len())
}
