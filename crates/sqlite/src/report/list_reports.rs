use reelmark_application::ports::{ListedReports, ReportRecord};
use rusqlite::{Connection, params};

use super::row::{all, report, report_columns};
use crate::error::Result;

const LIST: &str = concat!(
    "SELECT ",
    report_columns!(),
    ", NULL
    FROM reports
    WHERE owner_id = ?1 AND id < ?2
    ORDER BY id DESC
    LIMIT ?3"
);

const COUNT: &str = "SELECT count(*) FROM reports WHERE owner_id = ?1";

pub(super) fn run(connection: &Connection, list: ListedReports) -> Result<Vec<ReportRecord>> {
    let after = list.after.unwrap_or(i64::MAX);
    Ok(all(connection, LIST, params![list.owner_id, after, list.limit], report)?)
}

/// How many there are on all pages.
pub(super) fn count(connection: &Connection, owner_id: i64) -> Result<u64> {
    let mut statement = connection.prepare_cached(COUNT)?;
    Ok(statement.query_row([owner_id], |row| row.get(0))?)
}
