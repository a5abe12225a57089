use reelmark_application::ports::ReportClaim;
use time::{Duration, OffsetDateTime};

use super::row::{report, report_columns};
use crate::error::Result;
use crate::store::PostgresStore;

/// Of several claimants one finds the row as it was; the others wait for its commit and then find
/// it `running` since a moment ago.
const START: &str = concat!(
    "
    UPDATE reports
    SET status = 'running', started_at = $2
    WHERE id = $1 AND (status = 'queued' OR status = 'running' AND started_at <= $3)
    RETURNING result, ",
    report_columns!()
);

const IS_RUNNING: &str = "SELECT id FROM reports WHERE id = $1 AND status IN ('queued', 'running')";

pub(super) async fn run(
    store: &PostgresStore,
    id: i64,
    now: OffsetDateTime,
    lease: Duration,
) -> Result<ReportClaim> {
    let session = store.session().await?;
    let abandoned = now.saturating_sub(lease);
    if let Some(row) = session.query_opt(START, &[&id, &now, &abandoned]).await? {
        return Ok(ReportClaim::Taken(Box::new(report(&row)?)));
    }
    let is_running = session.query_opt(IS_RUNNING, &[&id]).await?.is_some();
    Ok(if is_running { ReportClaim::Busy } else { ReportClaim::Over })
}
