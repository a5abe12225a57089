use reelmark_application::ports::ClaimNeighbours;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::row::Micros;

const CLAIM: &str = "
    UPDATE neighbour_runs
    SET last_generation = last_generation + 1, claimed_until = ?3
    WHERE id = 1 AND generation = ?1 AND (claimed_until IS NULL OR claimed_until <= ?2)
    RETURNING last_generation";

pub(super) fn run(connection: &Connection, claim: &ClaimNeighbours) -> Result<Option<i64>> {
    let ClaimNeighbours { replaces, now, until } = *claim;
    let mut statement = connection.prepare_cached(CLAIM)?;
    let claimed = statement.query_one(params![replaces, Micros(now), Micros(until)], |r| r.get(0));
    Ok(claimed.optional()?)
}
