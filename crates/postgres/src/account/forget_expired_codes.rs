use time::OffsetDateTime;
use tokio_postgres::types::{ToSql, Type};

use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// Passes over what is used or swept just now.
const FORGET: &str = "
    DELETE FROM account_codes
    WHERE code_hash = ANY (ARRAY(
        SELECT code_hash FROM account_codes
        WHERE expires_at <= $1
        ORDER BY expires_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED
    ))
    RETURNING user_id";

pub(super) async fn run(store: &PostgresStore, now: OffsetDateTime, limit: usize) -> Result<usize> {
    let session = store.session().await?;
    let limit = limited(limit);
    let parameters: [(&(dyn ToSql + Sync), Type); 2] =
        [(&now, Type::TIMESTAMPTZ), (&limit, Type::INT8)];
    Ok(session.query_planned_anew(FORGET, &parameters).await?.len())
}
