use crate::error::Result;
use crate::store::PostgresStore;

const REMOVE: &str = "
    DELETE FROM personal_imports
    WHERE owner_id = $1 AND id = $2 AND status NOT IN ('queued', 'running')
    RETURNING id";

pub(super) async fn run(store: &PostgresStore, owner_id: i64, id: i64) -> Result<bool> {
    let session = store.session().await?;
    Ok(session.query_opt(REMOVE, &[&owner_id, &id]).await?.is_some())
}
