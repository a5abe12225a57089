use reelmark_application::ports::MovieFilter;

use super::filter::Selection;
use super::search;
use crate::error::{Failure, Result};
use crate::store::PostgresStore;

pub(super) async fn run(store: &PostgresStore, filter: &MovieFilter) -> Result<u64> {
    let session = store.session().await?;
    if let Some(terms) = &filter.search {
        return Ok(search::matches(&session, terms, filter).await?.len() as u64);
    }
    let these = Selection::of(filter);
    let sql = these.sql("count(*)", "");
    let rows = session.query_planned_anew(&sql, these.parameters()).await?;
    let row = rows.first().ok_or(Failure::NoRow)?;
    Ok(row.try_get::<_, i64>(0)?.unsigned_abs())
}
