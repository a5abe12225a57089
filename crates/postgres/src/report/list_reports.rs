use reelmark_application::ports::{ListedReports, ReportRecord};

use super::row::{report, report_columns};
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const LIST: &str = concat!(
    "SELECT NULL::text AS result, ",
    report_columns!(),
    "
    FROM reports
    WHERE owner_id = $1 AND id < $2
    ORDER BY id DESC
    LIMIT $3"
);

pub(super) async fn run(store: &PostgresStore, list: ListedReports) -> Result<Vec<ReportRecord>> {
    let session = store.session().await?;
    let after = list.after.unwrap_or(i64::MAX);
    let rows = session.query(LIST, &[&list.owner_id, &after, &limited(list.limit)]).await?;
    rows.iter().map(report).collect()
}

const COUNT: &str = "SELECT count(*) AS count FROM reports WHERE owner_id = $1";

/// How many there are on all pages.
pub(super) async fn count(store: &PostgresStore, owner_id: i64) -> Result<u64> {
    let session = store.session().await?;
    let row = session.query_one(COUNT, &[&owner_id]).await?;
    Ok(row.try_get::<_, i64>("count")?.unsigned_abs())
}
