use rusqlite::Connection;

use crate::error::Result;

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

pub(super) fn run(connection: &Connection) -> Result<()> {
    connection.prepare_cached(REPAIR)?.execute([])?;
    Ok(())
}
