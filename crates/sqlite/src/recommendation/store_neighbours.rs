use reelmark_application::ports::NeighbourListRecord;
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use super::row::to_json;
use crate::error::Result;
use crate::row::Micros;

const RENEW: &str = "
    UPDATE neighbour_runs
    SET claimed_until = ?2
    WHERE id = 1 AND last_generation = ?1 AND claimed_until IS NOT NULL";

const STORE: &str =
    "INSERT INTO movie_neighbours (generation, movie_id, neighbours) VALUES (?1, ?2, ?3)";

pub(super) fn run(
    connection: &Connection,
    generation: i64,
    lists: &[NeighbourListRecord],
    until: OffsetDateTime,
) -> Result<bool> {
    if connection.prepare_cached(RENEW)?.execute(params![generation, Micros(until)])? == 0 {
        return Ok(false);
    }
    let mut statement = connection.prepare_cached(STORE)?;
    for list in lists {
        statement.execute(params![generation, list.movie_id, to_json(&list.neighbours)])?;
    }
    Ok(true)
}
