use time::OffsetDateTime;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what another replica sweeps just now. Rows that are locked stay where they are.
const SWEEP: &str = "
    DELETE FROM idempotency_keys
    WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM idempotency_keys
        WHERE kept_until <= $1
        ORDER BY kept_until
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    ))
    RETURNING scope";

pub(super) async fn run(store: &PostgresStore, now: OffsetDateTime, limit: usize) -> Result<usize> {
    let session = store.session().await?;
    let limit = limited(limit);
    let parameters: [(&(dyn ToSql + Sync), Type); 2] =
        [(&now, Type::TIMESTAMPTZ), (&limit, Type::INT8)];
    Ok(session.query_planned_anew(SWEEP, &parameters).await?.len())
}
