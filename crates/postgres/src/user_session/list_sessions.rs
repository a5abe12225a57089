use reelmark_application::ports::{LISTED_SESSIONS, SessionRecord};
use reelmark_domain::Session;
use time::OffsetDateTime;
use tokio_postgres::Row;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = "
    SELECT id, device, created_at, last_used_at
    FROM sessions
    WHERE user_id = $1 AND expires_at > $2 AND last_used_at > $3
    ORDER BY last_used_at DESC, id DESC
    LIMIT $4";

pub(super) async fn run(
    store: &PostgresStore,
    user_id: i64,
    now: OffsetDateTime,
) -> Result<Vec<SessionRecord>> {
    let (idle_since, limit) = (Session::idle_since(now), limited(LISTED_SESSIONS));
    let session = store.session().await?;
    let listed = session.query(LIST, &[&user_id, &now, &idle_since, &limit]).await?;
    listed.iter().map(record).collect()
}

fn record(row: &Row) -> Result<SessionRecord> {
    Ok(SessionRecord {
        id: row.try_get("id")?,
        device: row.try_get("device")?,
        created_at: row.try_get("created_at")?,
        last_used_at: row.try_get("last_used_at")?,
    })
}
