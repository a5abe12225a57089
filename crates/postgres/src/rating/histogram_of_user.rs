use tokio_postgres::Row;

use crate::error::Result;
use crate::store::PostgresStore;

const HISTOGRAM: &str = "
    SELECT count(*) FILTER (WHERE score = 1), count(*) FILTER (WHERE score = 2),
        count(*) FILTER (WHERE score = 3), count(*) FILTER (WHERE score = 4),
        count(*) FILTER (WHERE score = 5), count(*) FILTER (WHERE score = 6),
        count(*) FILTER (WHERE score = 7), count(*) FILTER (WHERE score = 8),
        count(*) FILTER (WHERE score = 9), count(*) FILTER (WHERE score = 10)
    FROM ratings
    WHERE user_id = $1";

pub(super) async fn run(store: &PostgresStore, user_id: i64) -> Result<[i64; 10]> {
    let session = store.session().await?;
    counts(&session.query_one(HISTOGRAM, &[&user_id]).await?)
}

fn counts(row: &Row) -> Result<[i64; 10]> {
    let mut counts = [0; 10];
    for (index, count) in counts.iter_mut().enumerate() {
        *count = row.try_get(index)?;
    }
    Ok(counts)
}
