use reelmark_application::ports::{NeighbourRunRecord, NeighbourState, RatingTotals};
use rusqlite::{Connection, Row};
use time::Duration;

use crate::error::Result;
use crate::row::{Cells, Micros};

const STATE: &str = "
    SELECT generation, finished_at, took_millis, run.rating_count, run.rating_sum,
        totals.rating_count, totals.rating_sum
    FROM neighbour_runs AS run
    JOIN catalogue_totals AS totals ON totals.id = run.id
    WHERE run.id = 1";

pub(super) fn run(connection: &Connection) -> Result<NeighbourState> {
    Ok(connection.prepare_cached(STATE)?.query_row([], state)?)
}

fn state(row: &Row<'_>) -> rusqlite::Result<NeighbourState> {
    let mut cells = Cells::of(row);
    let generation = cells.take()?;
    let finished_at: Option<Micros> = cells.take()?;
    let took = Duration::milliseconds(cells.take()?);
    let totals = totals(&mut cells)?;
    let last_run = finished_at.map(|at| NeighbourRunRecord { at: at.0, took, totals });
    Ok(NeighbourState { generation, last_run, totals: self::totals(&mut cells)? })
}

fn totals(cells: &mut Cells<'_, '_>) -> rusqlite::Result<RatingTotals> {
    Ok(RatingTotals { count: cells.take()?, sum: cells.take()? })
}
