use reelmark_application::ports::ImportClaim;
use time::{Duration, OffsetDateTime};

use super::row::{import, import_columns};
use crate::error::Result;
use crate::store::PostgresStore;

/// Of several claimants one finds the row as it was; the others wait for its commit and then find
/// it `running` since a moment ago.
const START: &str = concat!(
    "
    UPDATE personal_imports
    SET status = 'running', claimed_at = $2, renewed_at = $2
    WHERE id = $1 AND (status = 'queued' OR status = 'running' AND renewed_at <= $3)
    RETURNING ",
    import_columns!()
);

const IS_RUNNING: &str =
    "SELECT id FROM personal_imports WHERE id = $1 AND status IN ('queued', 'running')";

pub(super) async fn run(
    store: &PostgresStore,
    id: i64,
    now: OffsetDateTime,
    lease: Duration,
) -> Result<ImportClaim> {
    let session = store.session().await?;
    let abandoned = now.saturating_sub(lease);
    if let Some(row) = session.query_opt(START, &[&id, &now, &abandoned]).await? {
        return Ok(ImportClaim::Taken(Box::new(import(&row)?)));
    }
    let is_running = session.query_opt(IS_RUNNING, &[&id]).await?.is_some();
    Ok(if is_running { ImportClaim::Busy } else { ImportClaim::Over })
}
