use time::OffsetDateTime;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what another replica prunes just now.
const PRUNE: &str = "
    DELETE FROM audit_events
    WHERE id IN (
        SELECT id FROM audit_events
        WHERE at < $1
        ORDER BY at, id
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id";

pub(super) async fn run(
    store: &PostgresStore,
    before: OffsetDateTime,
    limit: usize,
) -> Result<usize> {
    let session = store.session().await?;
    Ok(session.query(PRUNE, &[&before, &limited(limit)]).await?.len())
}
