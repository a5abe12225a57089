use crate::error::Result;
use crate::store::PostgresStore;

const RELEASE: &str = "UPDATE outbox_messages SET claimed_until = NULL WHERE id = ANY ($1)";

pub(super) async fn run(store: &PostgresStore, ids: &[i64]) -> Result<()> {
    let session = store.session().await?;
    session.query(RELEASE, &[&ids]).await?;
    Ok(())
}
