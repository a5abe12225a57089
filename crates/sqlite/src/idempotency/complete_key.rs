use reelmark_application::ports::{KeyClaim, StoredAnswer};
use rusqlite::{Connection, params};

use crate::error::Result;
use crate::row::{Json, Micros};

const COMPLETE: &str = "
    UPDATE idempotency_keys
    SET status = ?4, headers = ?5, body = ?6
    WHERE scope = ?1 AND key_hash = ?2 AND held_until = ?3 AND status IS NULL";

pub(super) fn run(connection: &Connection, claim: &KeyClaim, answer: &StoredAnswer) -> Result<()> {
    let parameters = params![
        claim.scope,
        claim.key_hash,
        Micros(claim.held_until),
        answer.status,
        Json(&answer.headers),
        answer.body,
    ];
    connection.prepare_cached(COMPLETE)?.execute(parameters)?;
    Ok(())
}
