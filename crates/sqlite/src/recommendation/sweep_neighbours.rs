use rusqlite::Connection;

use crate::error::Result;

/// A claim that was given back leaves lists of a number that nobody holds.
const SWEEP: &str = "
    DELETE FROM movie_neighbours
    WHERE rowid IN (
        SELECT list.rowid
        FROM movie_neighbours AS list
        CROSS JOIN neighbour_runs AS run
        WHERE run.id = 1
            AND list.generation <> run.generation
            AND (list.generation <> run.last_generation OR run.claimed_until IS NULL)
        LIMIT ?1
    )";

pub(super) fn run(connection: &Connection, limit: usize) -> Result<usize> {
    Ok(connection.prepare_cached(SWEEP)?.execute([limit])?)
}
