use reelmark_application::messages::ReportRequestedV1;
use reelmark_application::ports::{InsertReport, ReportRecord};

use super::row::{report, report_columns};
use crate::error::Result;
use crate::outbox::append;
use crate::session::Parameters;
use crate::store::PostgresStore;

/// Lets the requests of one owner through one by one, so that each counts what the others stored.
const LOCK: &str = "SELECT id FROM users WHERE id = $1 FOR NO KEY UPDATE";

const REQUEST: &str = concat!(
    "
    INSERT INTO reports (owner_id, kind, subject, period_from, period_to, requested_at)
    SELECT $1::bigint, $2::text, $3::text, $4::date, $5::date, $6::timestamptz
    WHERE $7::bigint > (
        SELECT count(*) FROM reports WHERE owner_id = $1 AND status IN ('queued', 'running')
    )
    RETURNING result, ",
    report_columns!()
);

pub(super) async fn run(
    store: &PostgresStore,
    request: InsertReport,
) -> Result<Option<ReportRecord>> {
    let InsertReport { owner_id, kind, subject, from, to, at, most_unfinished } = request;
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    if transaction.query_opt(LOCK, &[&owner_id]).await?.is_none() {
        return Ok(None);
    }
    let parameters: Parameters<'_> =
        &[&owner_id, &kind, &subject, &from, &to, &at, &most_unfinished];
    let stored = transaction.query_opt(REQUEST, parameters).await?;
    let Some(stored) = stored.as_ref().map(report).transpose()? else {
        return Ok(None);
    };
    let message = ReportRequestedV1 { report: stored.id };
    append(&transaction, ReportRequestedV1::KIND, &message, at).await?;
    transaction.commit().await?;
    Ok(Some(stored))
}
