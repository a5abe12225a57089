use reelmark_application::ports::MessageRecord;
use time::{Duration, OffsetDateTime};
use tokio_postgres::Row;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what another claimant has its hands on. An `UPDATE` returns rows in any order.
const CLAIM: &str = "
    WITH next AS (
        SELECT id FROM outbox_messages
        WHERE claimed_until IS NULL OR claimed_until <= $1
        ORDER BY id
        LIMIT $3
        FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE outbox_messages AS message
        SET claimed_until = $2
        FROM next
        WHERE message.id = next.id
        RETURNING message.id, message.kind, message.payload, message.created_at
    )
    SELECT id, kind, payload, created_at FROM claimed ORDER BY id";

pub(super) async fn run(
    store: &PostgresStore,
    limit: usize,
    now: OffsetDateTime,
    hold: Duration,
) -> Result<Vec<MessageRecord>> {
    let session = store.session().await?;
    let until = now.saturating_add(hold);
    let claimed = session.query(CLAIM, &[&now, &until, &limited(limit)]).await?;
    claimed.iter().map(message).collect()
}

fn message(row: &Row) -> Result<MessageRecord> {
    Ok(MessageRecord {
        id: row.try_get("id")?,
        kind: row.try_get("kind")?,
        payload: row.try_get("payload")?,
        created_at: row.try_get("created_at")?,
    })
}
