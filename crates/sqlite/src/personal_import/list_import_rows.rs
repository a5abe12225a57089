use reelmark_application::ports::{ImportRowRecord, ListedImportRows};
use rusqlite::{Connection, params};

use super::row::import_row;
use crate::error::Result;

macro_rules! list {
    ($condition:literal) => {
        concat!(
            "
    SELECT number, place, outcome, title, release_year, score, movie_id, confidence, candidates,
        reason
    FROM personal_import_rows
    WHERE import_id = ?1 AND number > ?2 AND ",
            $condition,
            " ORDER BY number LIMIT ?4"
        )
    };
}

const LIST: &str = list!("?3 IS NULL");
const LIST_OUTCOME: &str = list!("outcome = ?3");

pub(super) fn run(
    connection: &Connection,
    list: &ListedImportRows,
) -> Result<Vec<ImportRowRecord>> {
    let sql = if list.outcome.is_some() { LIST_OUTCOME } else { LIST };
    let mut statement = connection.prepare_cached(sql)?;
    let parameters = params![list.import_id, list.after.unwrap_or(0), list.outcome, list.limit];
    let rows = statement.query_map(parameters, import_row)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
