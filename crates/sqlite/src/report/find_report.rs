use reelmark_application::ports::ReportRecord;
use rusqlite::{Connection, OptionalExtension};

use super::row::{report, report_columns};
use crate::error::Result;

const FIND: &str = concat!("SELECT ", report_columns!(), ", result FROM reports WHERE id = ?1");

pub(super) fn run(connection: &Connection, id: i64) -> Result<Option<ReportRecord>> {
    let mut statement = connection.prepare_cached(FIND)?;
    Ok(statement.query_row([id], report).optional()?)
}
