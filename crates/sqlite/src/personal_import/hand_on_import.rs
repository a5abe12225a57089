use reelmark_application::messages::ImportRequestedV1;
use reelmark_application::ports::ImportHold;
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use super::settle_import::RELEASE;
use crate::error::Result;
use crate::outbox::append;
use crate::row::Micros;

pub(super) fn run(connection: &Connection, hold: ImportHold, at: OffsetDateTime) -> Result<bool> {
    let parameters = params![hold.id, Micros(hold.claimed_at)];
    if connection.prepare_cached(RELEASE)?.execute(parameters)? == 0 {
        return Ok(false);
    }
    let message = ImportRequestedV1 { import: hold.id };
    append(connection, ImportRequestedV1::KIND, &message, at)?;
    Ok(true)
}
