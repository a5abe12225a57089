use reelmark_application::messages::Channel;

use crate::error::Result;
use crate::store::PostgresStore;

const TAKE: &str = "
    DELETE FROM dead_letters WHERE id = ANY ($1) RETURNING id, kind, payload, created_at";

/// The message may still be there, when its queue took it over without the relay hearing of it.
const PUT_BACK: &str = "
    INSERT INTO outbox_messages (id, kind, payload, created_at, channel)
    OVERRIDING SYSTEM VALUE
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (id) DO NOTHING";

pub(super) async fn run(store: &PostgresStore, ids: &[i64]) -> Result<Vec<i64>> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let mut retried = Vec::new();
    for row in transaction.query(TAKE, &[&ids]).await? {
        let (id, kind): (i64, &str) = (row.try_get("id")?, row.try_get("kind")?);
        let payload: &str = row.try_get("payload")?;
        let created_at: time::OffsetDateTime = row.try_get("created_at")?;
        let channel = Channel::of(kind).name();
        transaction.query(PUT_BACK, &[&id, &kind, &payload, &created_at, &channel]).await?;
        retried.push(id);
    }
    transaction.commit().await?;
    retried.sort_unstable();
    Ok(retried)
}
