use reelmark_domain::CodePurpose;
use time::OffsetDateTime;

use super::use_up_code;
use crate::error::Result;
use crate::store::PostgresStore;

const ACTIVATE: &str = "
    UPDATE users SET status = 'active', version = version + 1
    WHERE id = $1 AND status = 'pending'";

/// Whose code it was.
pub(super) async fn run(
    store: &PostgresStore,
    code_hash: &str,
    at: OffsetDateTime,
) -> Result<Option<i64>> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let owner = use_up_code::run(&transaction, code_hash, CodePurpose::Activation, at).await?;
    let Some(user_id) = owner else { return Ok(None) };
    transaction.query(ACTIVATE, &[&user_id]).await?;
    transaction.commit().await?;
    Ok(owner)
}
