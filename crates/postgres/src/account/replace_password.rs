use reelmark_application::ports::ReplacePassword;

use crate::error::Result;
use crate::store::PostgresStore;

/// Locks the user, so that no session is opened with the old password from here on.
const REPLACE: &str = "
    UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2 RETURNING id";

const END_OTHER_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = $1 AND id <> $2";

const FORGET_CODES: &str =
    "DELETE FROM account_codes WHERE user_id = $1 AND purpose = 'password_reset'";

pub(super) async fn run(store: &PostgresStore, password: &ReplacePassword) -> Result<bool> {
    let ReplacePassword { user_id, old_hash, new_hash, keep_session } = password;
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    if transaction.query_opt(REPLACE, &[user_id, old_hash, new_hash]).await?.is_none() {
        return Ok(false);
    }
    transaction.query(END_OTHER_SESSIONS, &[user_id, keep_session]).await?;
    transaction.query(FORGET_CODES, &[user_id]).await?;
    transaction.commit().await?;
    Ok(true)
}
