use reelmark_application::ports::Backlog;
use rusqlite::{Connection, Row};

use crate::error::Result;
use crate::row::{Cells, Micros};

const BACKLOG: &str = "SELECT count(*), min(created_at) FROM outbox_messages";

pub(super) fn run(connection: &Connection) -> Result<Backlog> {
    let mut statement = connection.prepare_cached(BACKLOG)?;
    Ok(statement.query_row([], waiting)?)
}

fn waiting(row: &Row<'_>) -> rusqlite::Result<Backlog> {
    let mut cells = Cells::of(row);
    Ok(Backlog {
        depth: cells.take()?,
        oldest: cells.take::<Option<Micros>>()?.map(|micros| micros.0),
    })
}
