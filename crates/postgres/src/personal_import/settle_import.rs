use reelmark_application::ports::{ImportHold, ImportProblem};
use time::OffsetDateTime;

use crate::error::Result;
use crate::session::{Parameters, Transaction};
use crate::store::PostgresStore;

/// Changes an import that is still held by the claim of `$1` and `$2`.
macro_rules! settle {
    ($changes:literal) => {
        concat!(
            "UPDATE personal_imports SET ",
            $changes,
            " WHERE id = $1 AND status = 'running' AND claimed_at = $2 RETURNING id"
        )
    };
}

const FINISH: &str = settle!("status = 'done', finished_at = $3");
const FAIL: &str =
    settle!("status = 'failed', problem_code = $3, problem_message = $4, finished_at = $5");
pub(super) const RELEASE: &str = settle!("status = 'queued', claimed_at = NULL, renewed_at = NULL");

const FORGET_FILE: &str = "DELETE FROM personal_import_files WHERE import_id = $1";

pub(super) async fn finish(
    store: &PostgresStore,
    hold: ImportHold,
    at: OffsetDateTime,
) -> Result<bool> {
    settle_for_good(store, FINISH, &[&hold.id, &hold.claimed_at, &at], hold.id).await
}

pub(super) async fn fail(
    store: &PostgresStore,
    hold: ImportHold,
    problem: &ImportProblem,
    at: OffsetDateTime,
) -> Result<bool> {
    let ImportProblem { code, message } = problem;
    let parameters: Parameters<'_> = &[&hold.id, &hold.claimed_at, code, message, &at];
    settle_for_good(store, FAIL, parameters, hold.id).await
}

async fn settle_for_good(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
    id: i64,
) -> Result<bool> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let is_held = transaction.query_opt(sql, parameters).await?.is_some();
    if is_held {
        forget_file(&transaction, id).await?;
        transaction.commit().await?;
    }
    Ok(is_held)
}

/// Nobody needs it any more.
pub(super) async fn forget_file(transaction: &Transaction<'_>, id: i64) -> Result<()> {
    transaction.query(FORGET_FILE, &[&id]).await.map(drop)
}
