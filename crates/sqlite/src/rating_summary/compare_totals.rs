use reelmark_application::ports::ComparedTotals;
use rusqlite::Connection;

use crate::error::Result;
use crate::row::Cells;

const COMPARE: &str = "
    SELECT rating_count, rating_sum,
        (SELECT coalesce(sum(h1 + h2 + h3 + h4 + h5 + h6 + h7 + h8 + h9 + h10), 0)
         FROM rating_summaries),
        (SELECT coalesce(sum(h1 + 2*h2 + 3*h3 + 4*h4 + 5*h5 + 6*h6 + 7*h7 + 8*h8 + 9*h9 + 10*h10), 0)
         FROM rating_summaries)
    FROM catalogue_totals
    WHERE id = 1";

pub(super) fn run(connection: &Connection) -> Result<ComparedTotals> {
    let mut statement = connection.prepare_cached(COMPARE)?;
    Ok(statement.query_one([], |row| {
        let mut cells = Cells::of(row);
        Ok(ComparedTotals {
            stored: (cells.take()?, cells.take()?),
            counted: (cells.take()?, cells.take()?),
        })
    })?)
}
