use reelmark_application::ports::NeighbourRunRecord;
use rusqlite::{Connection, Params, params};

use crate::error::Result;
use crate::row::Micros;

/// Changes the run that is still held by the claim on generation `?1`.
macro_rules! settle {
    ($changes:literal) => {
        concat!(
            "UPDATE neighbour_runs SET claimed_until = NULL",
            $changes,
            " WHERE id = 1 AND last_generation = ?1 AND claimed_until IS NOT NULL"
        )
    };
}

const PUBLISH: &str = settle!(
    ", generation = ?1, finished_at = ?2, took_millis = ?3, rating_count = ?4, rating_sum = ?5"
);
const RELEASE: &str = settle!("");

pub(super) fn publish(
    connection: &Connection,
    generation: i64,
    run: &NeighbourRunRecord,
) -> Result<bool> {
    let NeighbourRunRecord { at, took, totals } = *run;
    let took = took.whole_seconds() * 1_000 + i64::from(took.subsec_milliseconds());
    settle(connection, PUBLISH, params![generation, Micros(at), took, totals.count, totals.sum])
}

pub(super) fn release(connection: &Connection, generation: i64) -> Result<bool> {
    settle(connection, RELEASE, [generation])
}

fn settle(connection: &Connection, sql: &str, parameters: impl Params) -> Result<bool> {
    Ok(connection.prepare_cached(sql)?.execute(parameters)? > 0)
}
