use reelmark_application::messages::{Channel, MovieChangedV1};
use time::OffsetDateTime;

use crate::error::Result;
use crate::store::PostgresStore;

const CHANGES: &str =
    "SELECT added + changed AS changes FROM import_sets WHERE id = $1 FOR NO KEY UPDATE";

const TELL: &str = "
    INSERT INTO outbox_messages (kind, payload, created_at, channel)
    SELECT $2::text, json_build_object('movie', movie_id), $3, $4::text
    FROM import_movies
    WHERE set_id = $1
    ORDER BY number";

const FORGET: &str = "
    UPDATE import_sets
    SET fingerprint = NULL, items = 0, added = 0, changed = 0, unchanged = 0
    WHERE id = $1";

pub(super) async fn run(store: &PostgresStore, set: i64, at: OffsetDateTime) -> Result<()> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let changes = transaction.query_opt(CHANGES, &[&set]).await?;
    let changes: i64 = changes.map_or(Ok(0), |row| row.try_get("changes"))?;
    if changes > 0 {
        let kind = MovieChangedV1::KIND;
        transaction.query(TELL, &[&set, &kind, &at, &Channel::of(kind).name()]).await?;
    }
    transaction.query(FORGET, &[&set]).await?;
    transaction.commit().await
}
