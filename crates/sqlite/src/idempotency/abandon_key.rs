use reelmark_application::ports::KeyClaim;
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::row::Micros;

const ABANDON: &str = "
    DELETE FROM idempotency_keys
    WHERE scope = ?1 AND key_hash = ?2 AND held_until = ?3 AND status IS NULL";

pub(super) fn run(connection: &Connection, claim: &KeyClaim) -> Result<()> {
    let parameters = params![claim.scope, claim.key_hash, Micros(claim.held_until)];
    connection.prepare_cached(ABANDON)?.execute(parameters)?;
    Ok(())
}
