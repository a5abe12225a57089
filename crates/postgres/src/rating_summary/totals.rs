//! The row of totals, which all transactions that write summaries lock before they touch one. So
//! they run one after the other, can't deadlock, and never replace a mean by an older one.

use tokio_postgres::Row;

use crate::error::Result;
use crate::session::Transaction;

const ADD: &str = "
    UPDATE catalogue_totals
    SET rating_count = rating_count + $1, rating_sum = rating_sum + $2
    WHERE id = 1
    RETURNING rating_count, rating_sum";

/// Adds to the catalogue's totals and returns the mean that they give.
pub(super) async fn add_to_totals(
    transaction: &Transaction<'_>,
    count: i64,
    sum: i64,
) -> Result<Option<f64>> {
    mean(&transaction.query_one(ADD, &[&count, &sum]).await?)
}

const READ: &str =
    "SELECT rating_count, rating_sum FROM catalogue_totals WHERE id = 1 FOR NO KEY UPDATE";

/// The mean of all ratings that were counted in; nothing before the first.
pub(super) async fn catalogue_mean(transaction: &Transaction<'_>) -> Result<Option<f64>> {
    mean(&transaction.query_one(READ, &[]).await?)
}

fn mean(row: &Row) -> Result<Option<f64>> {
    let count: i64 = row.try_get("rating_count")?;
    let sum: i64 = row.try_get("rating_sum")?;
    // While changes are missing, what is there can add up to something that is no score.
    Ok((count > 0).then(|| (sum as f64 / count as f64).clamp(1.0, 10.0)))
}
