use reelmark_application::messages::Channel;
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use super::append::APPEND;
use crate::error::Result;
use crate::row::Micros;

pub(super) fn run(
    connection: &Connection,
    kind: &str,
    payload: &str,
    at: OffsetDateTime,
) -> Result<()> {
    let mut statement = connection.prepare_cached(APPEND)?;
    statement.execute(params![kind, payload, Micros(at), Channel::of(kind).name()])?;
    Ok(())
}
