use time::OffsetDateTime;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const PRUNE: &str = "
    DELETE FROM reports WHERE id IN (
        SELECT id FROM reports
        WHERE requested_at < $1
        ORDER BY requested_at
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
