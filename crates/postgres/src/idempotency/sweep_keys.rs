use time::OffsetDateTime;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what another replica sweeps just now.
const SWEEP: &str = "
    DELETE FROM idempotency_keys
    WHERE (scope, key_hash) IN (
        SELECT scope, key_hash FROM idempotency_keys
        WHERE kept_until <= $1
        ORDER BY kept_until
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    )
    RETURNING scope";

pub(super) async fn run(store: &PostgresStore, now: OffsetDateTime, limit: usize) -> Result<usize> {
    let session = store.session().await?;
    Ok(session.query(SWEEP, &[&now, &limited(limit)]).await?.len())
}
