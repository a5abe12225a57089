use time::OffsetDateTime;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what another replica forgets just now.
const FORGET: &str = "
    DELETE FROM processed_messages
    WHERE message_id = ANY (ARRAY(
        SELECT message_id FROM processed_messages AS processed
        WHERE processed_at < $1
            AND NOT EXISTS (SELECT FROM outbox_messages WHERE id = processed.message_id)
        ORDER BY processed_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    ))
    RETURNING message_id";

pub(super) async fn run(
    store: &PostgresStore,
    before: OffsetDateTime,
    limit: usize,
) -> Result<usize> {
    let session = store.session().await?;
    let limit = limited(limit);
    let parameters: [(&(dyn ToSql + Sync), Type); 2] =
        [(&before, Type::TIMESTAMPTZ), (&limit, Type::INT8)];
    Ok(session.query_planned_anew(FORGET, &parameters).await?.len())
}
