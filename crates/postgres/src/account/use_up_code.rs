use reelmark_domain::CodePurpose;
use time::OffsetDateTime;

use crate::error::Result;
use crate::session::Transaction;

const USE_UP: &str = "
    DELETE FROM account_codes
    WHERE code_hash = $1 AND purpose = $2 AND expires_at > $3
    RETURNING user_id";

/// Whose code it was; nobody's when it is no good. Of several who use it at once all but one wait,
/// and then find it gone.
pub(super) async fn run(
    transaction: &Transaction<'_>,
    code_hash: &str,
    purpose: CodePurpose,
    at: OffsetDateTime,
) -> Result<Option<i64>> {
    let used = transaction.query_opt(USE_UP, &[&code_hash, &purpose.as_str(), &at]).await?;
    used.map(|row| Ok(row.try_get("user_id")?)).transpose()
}
