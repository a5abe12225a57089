use reelmark_application::ports::ResetPasswordByCode;
use reelmark_domain::CodePurpose;

use super::use_up_code;
use crate::error::Result;
use crate::store::PostgresStore;

/// Locks the user, so that no session is opened with the old password from here on.
const SET: &str = "
    UPDATE users
    SET password_hash = $2, status = CASE status WHEN 'pending' THEN 'active' ELSE status END
    WHERE id = $1";

const END_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = $1";

pub(super) async fn run(store: &PostgresStore, reset: &ResetPasswordByCode) -> Result<bool> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let purpose = CodePurpose::PasswordReset;
    let owner = use_up_code::run(&transaction, &reset.code_hash, purpose, reset.at).await?;
    let Some(user_id) = owner else { return Ok(false) };
    transaction.query(SET, &[&user_id, &reset.password_hash]).await?;
    transaction.query(END_SESSIONS, &[&user_id]).await?;
    transaction.commit().await?;
    Ok(true)
}
