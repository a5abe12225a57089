use time::OffsetDateTime;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what another replica prunes just now.
const PRUNE: &str = "
    DELETE FROM audit_events
    WHERE id = ANY (ARRAY(
        SELECT id FROM audit_events
        WHERE at < $1
        ORDER BY at, id
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    ))
    RETURNING id";

pub(super) async fn run(
    store: &PostgresStore,
    before: OffsetDateTime,
    limit: usize,
) -> Result<usize> {
    let session = store.session().await?;
    let limit = limited(limit);
    let parameters: [(&(dyn ToSql + Sync), Type); 2] =
        [(&before, Type::TIMESTAMPTZ), (&limit, Type::INT8)];
    Ok(session.query_planned_anew(PRUNE, &parameters).await?.len())
}
