use reelmark_application::ports::Backlog;

use crate::error::Result;
use crate::store::PostgresStore;

const BACKLOG: &str = "SELECT count(*) AS depth, min(created_at) AS oldest FROM outbox_messages";

pub(super) async fn run(store: &PostgresStore) -> Result<Backlog> {
    let session = store.session().await?;
    let row = session.query_one(BACKLOG, &[]).await?;
    Ok(Backlog {
        depth: row.try_get::<_, i64>("depth")?.unsigned_abs(),
        oldest: row.try_get("oldest")?,
    })
}
