use crate::error::Result;
use crate::session::Transaction;

const IS_ADMIN: &str = "SELECT FROM users WHERE id = $1 AND role = 'admin' AND status = 'active'";

/// All who take an active admin away wait for one another here.
const LOCK_ADMINS: &str = "
    SELECT id FROM users WHERE role = 'admin' AND status = 'active' ORDER BY id FOR UPDATE";

/// Whether this is the only active admin; it stays so until the transaction ends.
pub(crate) async fn run(transaction: &Transaction<'_>, user_id: i64) -> Result<bool> {
    if transaction.query_opt(IS_ADMIN, &[&user_id]).await?.is_none() {
        return Ok(false);
    }
    let admins = transaction.query(LOCK_ADMINS, &[]).await?;
    let ids = admins.iter().map(|row| Ok(row.try_get("id")?)).collect::<Result<Vec<i64>>>()?;
    Ok(ids == [user_id])
}
