use reelmark_domain::CodePurpose;
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use crate::error::Result;
use crate::row::Micros;

const USE_UP: &str = "
    DELETE FROM account_codes
    WHERE code_hash = ?1 AND purpose = ?2 AND expires_at > ?3
    RETURNING user_id";

/// Whose code it was; nobody's when it is no good.
pub(super) fn run(
    connection: &Connection,
    code_hash: &str,
    purpose: CodePurpose,
    at: OffsetDateTime,
) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(USE_UP)?;
    let parameters = params![code_hash, purpose.as_str(), Micros(at)];
    Ok(statement.query_one(parameters, |row| row.get(0)).optional()?)
}
