use reelmark_application::messages::ImportRequestedV1;
use reelmark_application::ports::ImportHold;
use time::OffsetDateTime;

use super::settle_import::RELEASE;
use crate::error::Result;
use crate::outbox::append;
use crate::store::PostgresStore;

pub(super) async fn run(
    store: &PostgresStore,
    hold: ImportHold,
    at: OffsetDateTime,
) -> Result<bool> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    if transaction.query_opt(RELEASE, &[&hold.id, &hold.claimed_at]).await?.is_none() {
        return Ok(false);
    }
    let message = ImportRequestedV1 { import: hold.id };
    append(&transaction, ImportRequestedV1::KIND, &message, at).await?;
    transaction.commit().await?;
    Ok(true)
}
