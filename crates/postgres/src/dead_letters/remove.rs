use crate::error::Result;
use crate::store::PostgresStore;

const REMOVE: &str = "
    WITH removed AS (DELETE FROM dead_letters WHERE id = ANY ($1) RETURNING id)
    SELECT id FROM removed ORDER BY id";

pub(super) async fn run(store: &PostgresStore, ids: &[i64]) -> Result<Vec<i64>> {
    let session = store.session().await?;
    let removed = session.query(REMOVE, &[&ids]).await?;
    removed.iter().map(|row| Ok(row.try_get("id")?)).collect()
}
