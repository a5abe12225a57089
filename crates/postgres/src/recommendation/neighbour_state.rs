use reelmark_application::ports::{NeighbourRunRecord, NeighbourState, RatingTotals};
use time::Duration;
use tokio_postgres::Row;

use crate::error::Result;
use crate::store::PostgresStore;

const STATE: &str = "
    SELECT generation, finished_at, took_millis, run.rating_count, run.rating_sum,
        totals.rating_count AS count_now, totals.rating_sum AS sum_now
    FROM neighbour_runs AS run
    JOIN catalogue_totals AS totals ON totals.id = run.id
    WHERE run.id = 1";

pub(super) async fn run(store: &PostgresStore) -> Result<NeighbourState> {
    state(&store.session().await?.query_one(STATE, &[]).await?)
}

fn state(row: &Row) -> Result<NeighbourState> {
    let took = Duration::milliseconds(row.try_get("took_millis")?);
    let totals =
        RatingTotals { count: row.try_get("rating_count")?, sum: row.try_get("rating_sum")? };
    let finished_at: Option<_> = row.try_get("finished_at")?;
    Ok(NeighbourState {
        generation: row.try_get("generation")?,
        last_run: finished_at.map(|at| NeighbourRunRecord { at, took, totals }),
        totals: RatingTotals { count: row.try_get("count_now")?, sum: row.try_get("sum_now")? },
    })
}
