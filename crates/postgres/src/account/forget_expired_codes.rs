use time::OffsetDateTime;

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what is used or swept just now.
const FORGET: &str = "
    DELETE FROM account_codes
    WHERE code_hash IN (
        SELECT code_hash FROM account_codes
        WHERE expires_at <= $1
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    )
    RETURNING user_id";

pub(super) async fn run(store: &PostgresStore, now: OffsetDateTime, limit: usize) -> Result<usize> {
    let session = store.session().await?;
    Ok(session.query(FORGET, &[&now, &limited(limit)]).await?.len())
}
