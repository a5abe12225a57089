use rusqlite::{Connection, Row, params};

use crate::error::Result;
use crate::row::Cells;

const ADD: &str = "
    UPDATE catalogue_totals
    SET rating_count = rating_count + ?1, rating_sum = rating_sum + ?2
    WHERE id = 1
    RETURNING rating_count, rating_sum";

/// Adds to the catalogue's totals and returns the mean that they give.
pub(super) fn add_to_totals(connection: &Connection, count: i64, sum: i64) -> Result<Option<f64>> {
    let mut statement = connection.prepare_cached(ADD)?;
    Ok(statement.query_one(params![count, sum], mean)?)
}

const READ: &str = "SELECT rating_count, rating_sum FROM catalogue_totals WHERE id = 1";

/// The mean of all ratings that were counted in; nothing before the first.
pub(super) fn catalogue_mean(connection: &Connection) -> Result<Option<f64>> {
    let mut statement = connection.prepare_cached(READ)?;
    Ok(statement.query_one([], mean)?)
}

fn mean(row: &Row<'_>) -> rusqlite::Result<Option<f64>> {
    let mut cells = Cells::of(row);
    let (count, sum): (i64, i64) = (cells.take()?, cells.take()?);
    // While changes are missing, what is there can add up to something that is no score.
    Ok((count > 0).then(|| (sum as f64 / count as f64).clamp(1.0, 10.0)))
}
