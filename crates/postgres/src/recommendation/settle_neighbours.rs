use reelmark_application::ports::NeighbourRunRecord;

use crate::error::Result;
use crate::session::Parameters;
use crate::store::PostgresStore;

/// Changes the run that is still held by the claim on generation `$1`.
macro_rules! settle {
    ($changes:literal) => {
        concat!(
            "UPDATE neighbour_runs SET claimed_until = NULL",
            $changes,
            " WHERE id = 1 AND last_generation = $1 AND claimed_until IS NOT NULL RETURNING id"
        )
    };
}

const PUBLISH: &str = settle!(
    ", generation = $1, finished_at = $2, took_millis = $3, rating_count = $4, rating_sum = $5"
);
const RELEASE: &str = settle!("");

pub(super) async fn publish(
    store: &PostgresStore,
    generation: i64,
    run: NeighbourRunRecord,
) -> Result<bool> {
    let NeighbourRunRecord { at, took, totals } = run;
    let took = took.whole_seconds() * 1_000 + i64::from(took.subsec_milliseconds());
    settle(store, PUBLISH, &[&generation, &at, &took, &totals.count, &totals.sum]).await
}

pub(super) async fn release(store: &PostgresStore, generation: i64) -> Result<bool> {
    settle(store, RELEASE, &[&generation]).await
}

async fn settle(
    store: &PostgresStore,
    sql: &'static str,
    parameters: Parameters<'_>,
) -> Result<bool> {
    let session = store.session().await?;
    Ok(session.query_opt(sql, parameters).await?.is_some())
}
