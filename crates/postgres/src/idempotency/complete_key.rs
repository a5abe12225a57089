use reelmark_application::ports::{KeyClaim, StoredAnswer};
use tokio_postgres::types::ToSql;

use crate::error::{Failure, Result};
use crate::store::PostgresStore;

const COMPLETE: &str = "
    UPDATE idempotency_keys
    SET status = $4, headers = $5, body = $6
    WHERE scope = $1 AND key_hash = $2 AND held_until = $3 AND status IS NULL";

pub(super) async fn run(
    store: &PostgresStore,
    claim: KeyClaim,
    answer: StoredAnswer,
) -> Result<()> {
    let corrupt = |error| Failure::Corrupt(Box::new(error));
    let headers = serde_json::to_string(&answer.headers).map_err(corrupt)?;
    let status = i16::try_from(answer.status).map_err(|e| Failure::Corrupt(Box::new(e)))?;
    let session = store.session().await?;
    let KeyClaim { scope, key_hash, held_until } = &claim;
    let parameters: [&(dyn ToSql + Sync); 6] =
        [scope, key_hash, held_until, &status, &headers, &answer.body];
    session.query(COMPLETE, &parameters).await?;
    Ok(())
}
