use crate::error::Result;
use crate::store::PostgresStore;

const CONFIRM: &str = "DELETE FROM outbox_messages WHERE id = ANY ($1)";

pub(super) async fn run(store: &PostgresStore, ids: &[i64]) -> Result<()> {
    let session = store.session().await?;
    session.query(CONFIRM, &[&ids]).await?;
    Ok(())
}
