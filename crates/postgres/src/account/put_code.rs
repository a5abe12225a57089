use reelmark_application::ports::PutAccountCode;

use crate::error::Result;
use crate::store::PostgresStore;

const PUT: &str = "
    INSERT INTO account_codes (code_hash, user_id, purpose, created_at, expires_at)
    SELECT $1, users.id, $3, $4::timestamptz, $5::timestamptz
    FROM users
    WHERE users.id = $2
    ON CONFLICT (user_id, purpose) DO UPDATE SET
        code_hash = excluded.code_hash,
        created_at = excluded.created_at,
        expires_at = excluded.expires_at
    RETURNING user_id";

pub(super) async fn run(store: &PostgresStore, code: &PutAccountCode) -> Result<bool> {
    let PutAccountCode { user_id, purpose, code_hash, at, expires_at } = code;
    let session = store.session().await?;
    match session.query_opt(PUT, &[code_hash, user_id, purpose, at, expires_at]).await {
        // The user was erased while the code was being stored.
        Err(failure) if failure.is_missing_reference() => Ok(false),
        put => Ok(put?.is_some()),
    }
}
