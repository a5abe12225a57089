use reelmark_application::ports::KeyClaim;

use crate::error::Result;
use crate::store::PostgresStore;

const ABANDON: &str = "
    DELETE FROM idempotency_keys
    WHERE scope = $1 AND key_hash = $2 AND held_until = $3 AND status IS NULL";

pub(super) async fn run(store: &PostgresStore, claim: KeyClaim) -> Result<()> {
    let session = store.session().await?;
    session.query(ABANDON, &[&claim.scope, &claim.key_hash, &claim.held_until]).await?;
    Ok(())
}
