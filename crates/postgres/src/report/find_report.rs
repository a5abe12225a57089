use reelmark_application::ports::ReportRecord;

use super::row::{report, report_columns};
use crate::error::Result;
use crate::store::PostgresStore;

const FIND: &str = concat!("SELECT result, ", report_columns!(), " FROM reports WHERE id = $1");

pub(super) async fn run(store: &PostgresStore, id: i64) -> Result<Option<ReportRecord>> {
    let session = store.session().await?;
    let found = session.query_opt(FIND, &[&id]).await?;
    found.as_ref().map(report).transpose()
}
