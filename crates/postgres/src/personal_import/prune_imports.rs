use time::OffsetDateTime;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const PRUNE: &str = "
    DELETE FROM personal_imports WHERE id = ANY (ARRAY(
        SELECT id FROM personal_imports
        WHERE created_at < $1
        ORDER BY created_at
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
