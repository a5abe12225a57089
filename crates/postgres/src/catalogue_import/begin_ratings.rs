use reelmark_application::ports::{RatingsCheckpoint, StoredRatings};
use tokio_postgres::Row;

use crate::error::Result;
use crate::store::PostgresStore;

/// What is stored of other files is no way to go.
const BEGIN: &str = "
    UPDATE import_sets
    SET fingerprint = $2,
        items = CASE WHEN fingerprint = $2 THEN items ELSE 0 END,
        added = CASE WHEN fingerprint = $2 THEN added ELSE 0 END,
        changed = CASE WHEN fingerprint = $2 THEN changed ELSE 0 END,
        unchanged = CASE WHEN fingerprint = $2 THEN unchanged ELSE 0 END
    WHERE id = $1
    RETURNING items, added, changed, unchanged";

pub(super) async fn run(
    store: &PostgresStore,
    set: i64,
    fingerprint: &str,
) -> Result<RatingsCheckpoint> {
    let session = store.session().await?;
    let begun = session.query_one(BEGIN, &[&set, &fingerprint]).await?;
    Ok(RatingsCheckpoint {
        items: number(&begun, "items")?,
        stored: StoredRatings {
            added: number(&begun, "added")?,
            changed: number(&begun, "changed")?,
            unchanged: number(&begun, "unchanged")?,
        },
    })
}

fn number(row: &Row, column: &str) -> Result<u64> {
    Ok(row.try_get::<_, i64>(column)?.unsigned_abs())
}
