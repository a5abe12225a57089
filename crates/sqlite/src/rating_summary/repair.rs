use reelmark_application::messages::MovieChangedV1;
use reelmark_application::ports::{SummaryDelta, SummaryDrift};
use rusqlite::{Connection, params};
use time::OffsetDateTime;

use super::apply_score_changes::add;
use super::compare;
use super::totals::add_to_totals;
use crate::error::Result;
use crate::outbox::append;
use crate::row::Micros;

/// A summary that got lost altogether.
const MAKE: &str = "
    INSERT INTO rating_summaries (movie_id, computed_at) VALUES (?1, ?2)
    ON CONFLICT (movie_id) DO NOTHING";

pub(super) fn run(
    connection: &Connection,
    drift: SummaryDrift,
    at: OffsetDateTime,
) -> Result<bool> {
    if compare::one(connection, drift.movie_id)? != Some(drift) {
        return Ok(false);
    }
    connection.prepare_cached(MAKE)?.execute(params![drift.movie_id, Micros(at)])?;
    let delta = SummaryDelta::from(drift);
    let mean = add_to_totals(connection, delta.count(), delta.sum())?;
    add(connection, &delta, mean, at)?;
    let message = MovieChangedV1 { movie: drift.movie_id };
    append(connection, MovieChangedV1::KIND, &message, at)?;
    Ok(true)
}
