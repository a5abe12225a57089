use crate::error::Result;
use crate::session::{Session, Transaction};

/// All statements of such a transaction see the state at its first one.
const ONE_MOMENT: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// Starts to read several things as they are at one moment.
pub(super) async fn begin(session: &mut Session) -> Result<Transaction<'_>> {
    let transaction = session.begin().await?;
    transaction.query(ONE_MOMENT, &[]).await?;
    Ok(transaction)
}
