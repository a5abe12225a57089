use reelmark_application::ports::{ImportRowRecord, ListedImportRows};

use super::row::import_row;
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

macro_rules! list {
    ($condition:literal) => {
        concat!(
            "
    SELECT number, place, outcome, title, release_year, score, movie_id, confidence, candidates,
        reason
    FROM personal_import_rows
    WHERE import_id = $1 AND number > $2 AND ",
            $condition,
            " ORDER BY number LIMIT $4"
        )
    };
}

const LIST: &str = list!("$3::text IS NULL");
const LIST_OUTCOME: &str = list!("outcome = $3");

pub(super) async fn run(
    store: &PostgresStore,
    list: &ListedImportRows,
) -> Result<Vec<ImportRowRecord>> {
    let session = store.session().await?;
    let sql = if list.outcome.is_some() { LIST_OUTCOME } else { LIST };
    let (after, limit) = (list.after.unwrap_or(0), limited(list.limit));
    let rows = session.query(sql, &[&list.import_id, &after, &list.outcome, &limit]).await?;
    rows.iter().map(import_row).collect()
}
