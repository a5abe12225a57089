use crate::error::Result;
use crate::store::PostgresStore;

const LOCK: &str = "SELECT FROM catalogue_totals WHERE id = 1 FOR UPDATE";

const REPAIR: &str = "
    UPDATE catalogue_totals
    SET rating_count = summed.rating_count, rating_sum = summed.rating_sum
    FROM (
        SELECT coalesce(sum(h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10), 0) AS rating_count,
            coalesce(sum(h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10), 0)
                AS rating_sum
        FROM rating_summaries
    ) AS summed
    WHERE id = 1";

/// Locks before it adds up, so that no summary written meanwhile is left out.
pub(super) async fn run(store: &PostgresStore) -> Result<()> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    transaction.query(LOCK, &[]).await?;
    transaction.query(REPAIR, &[]).await?;
    transaction.commit().await
}
