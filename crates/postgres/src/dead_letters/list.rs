use reelmark_application::ports::{DeadLetterRecord, MessageRecord};
use tokio_postgres::Row;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = "
    SELECT id, kind, payload, created_at, reason, buried_at
    FROM dead_letters
    WHERE $1::bigint IS NULL OR id > $1
    ORDER BY id
    LIMIT $2";

pub(super) async fn run(
    store: &PostgresStore,
    after: Option<i64>,
    limit: usize,
) -> Result<Vec<DeadLetterRecord>> {
    let session = store.session().await?;
    let letters = session.query(LIST, &[&after, &limited(limit)]).await?;
    letters.iter().map(letter).collect()
}

fn letter(row: &Row) -> Result<DeadLetterRecord> {
    Ok(DeadLetterRecord {
        message: MessageRecord {
            id: row.try_get("id")?,
            kind: row.try_get("kind")?,
            payload: row.try_get("payload")?,
            created_at: row.try_get("created_at")?,
        },
        reason: row.try_get("reason")?,
        buried_at: row.try_get("buried_at")?,
    })
}
