use reelmark_application::ports::ReportHold;
use time::OffsetDateTime;

use crate::error::Result;
use crate::session::Parameters;
use crate::store::PostgresStore;

/// Changes a report that is still held by the claim of `$1` and `$2`.
macro_rules! settle {
    ($changes:literal) => {
        concat!(
            "UPDATE reports SET ",
            $changes,
            " WHERE id = $1 AND status = 'running' AND started_at = $2 RETURNING id"
        )
    };
}

const FINISH: &str = settle!("status = 'done', result = $3, finished_at = $4");
const FAIL: &str = settle!("status = 'failed', failure = $3, finished_at = $4");
const RELEASE: &str = settle!("status = 'queued', started_at = NULL");

pub(super) async fn finish(
    store: &PostgresStore,
    hold: ReportHold,
    result: String,
    at: OffsetDateTime,
) -> Result<bool> {
    settle(store, FINISH, &[&hold.id, &hold.started_at, &result, &at]).await
}

pub(super) async fn fail(
    store: &PostgresStore,
    hold: ReportHold,
    failure: String,
    at: OffsetDateTime,
) -> Result<bool> {
    settle(store, FAIL, &[&hold.id, &hold.started_at, &failure, &at]).await
}

pub(super) async fn release(store: &PostgresStore, hold: ReportHold) -> Result<bool> {
    settle(store, RELEASE, &[&hold.id, &hold.started_at]).await
}

async fn settle(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<bool> {
    let session = store.session().await?;
    Ok(session.query_opt(sql, parameters).await?.is_some())
}
