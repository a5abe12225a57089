use reelmark_application::ports::RESCORE_THRESHOLD;
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use super::totals::catalogue_mean;
use crate::error::Result;
use crate::row::Micros;

const RESCORE: &str = "
    UPDATE rating_summaries
    SET catalogue_mean = ?1, version = version + 1, computed_at = ?2
    WHERE movie_id IN (
        SELECT movie_id FROM rating_summaries
        WHERE rating_count > 0
            AND (catalogue_mean IS NULL OR abs(catalogue_mean - ?1) > ?3)
        LIMIT ?4
    )
    RETURNING movie_id";

pub(super) fn run(connection: &Connection, limit: usize, at: OffsetDateTime) -> Result<Vec<i64>> {
    // Without any rating there is no rated movie.
    let Some(mean) = catalogue_mean(connection)? else {
        return Ok(Vec::new());
    };
    let mut statement = connection.prepare_cached(RESCORE)?;
    let parameters = params![mean, Micros(at), RESCORE_THRESHOLD, limit];
    let movies = statement.query_map(parameters, |row| row.get(0))?;
    Ok(movies.collect::<rusqlite::Result<_>>()?)
}
