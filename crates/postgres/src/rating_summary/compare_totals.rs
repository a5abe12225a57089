use reelmark_application::ports::ComparedTotals;

use crate::error::Result;
use crate::store::PostgresStore;

const COMPARE: &str = "
    SELECT rating_count, rating_sum,
        (SELECT coalesce(sum(h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10), 0)::bigint
         FROM rating_summaries) AS counted_count,
        (SELECT coalesce(sum(h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10), 0)::bigint
         FROM rating_summaries) AS counted_sum
    FROM catalogue_totals
    WHERE id = 1";

pub(super) async fn run(store: &PostgresStore) -> Result<ComparedTotals> {
    let session = store.session().await?;
    let row = session.query_one(COMPARE, &[]).await?;
    Ok(ComparedTotals {
        stored: (row.try_get("rating_count")?, row.try_get("rating_sum")?),
        counted: (row.try_get("counted_count")?, row.try_get("counted_sum")?),
    })
}
