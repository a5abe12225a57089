use reelmark_application::ports::{ScoreChangeRecord, SummaryDelta, summary_deltas};
use rusqlite::{Connection, OptionalExtension, params};
use time::OffsetDateTime;

use super::totals::add_to_totals;
use crate::error::Result;
use crate::movie::words::move_words;
use crate::row::Micros;

const RECORD: &str = "
    INSERT INTO processed_messages (message_id, processed_at)
    VALUES (?1, ?2)
    ON CONFLICT (message_id) DO NOTHING";

/// A movie that was removed meanwhile has no summary, so nothing happens.
const ADD: &str = "
    UPDATE rating_summaries
    SET h1 = h1 + ?4, h2 = h2 + ?5, h3 = h3 + ?6, h4 = h4 + ?7, h5 = h5 + ?8,
        h6 = h6 + ?9, h7 = h7 + ?10, h8 = h8 + ?11, h9 = h9 + ?12, h10 = h10 + ?13,
        trend = trend + ?14,
        catalogue_mean = ?2, version = version + 1, computed_at = ?3
    WHERE movie_id = ?1
    RETURNING rating_count";

/// Counts may be negative until the changes that come later have been counted.
pub(super) fn run(
    connection: &Connection,
    changes: &[ScoreChangeRecord],
    at: OffsetDateTime,
) -> Result<()> {
    count_in(connection, &record(connection, changes, at)?, at)
}

/// Counts changes in that no message tells of, or none that was counted before.
pub(crate) fn count_in(
    connection: &Connection,
    changes: &[ScoreChangeRecord],
    at: OffsetDateTime,
) -> Result<()> {
    let deltas = summary_deltas(changes)?;
    if deltas.is_empty() {
        return Ok(());
    }
    let count = deltas.iter().map(SummaryDelta::count).sum();
    let sum = deltas.iter().map(SummaryDelta::sum).sum();
    let mean = add_to_totals(connection, count, sum)?;
    for delta in &deltas {
        add(connection, delta, mean, at)?;
    }
    Ok(())
}

/// Records the messages and returns the changes of those that are new.
fn record(
    connection: &Connection,
    changes: &[ScoreChangeRecord],
    at: OffsetDateTime,
) -> Result<Vec<ScoreChangeRecord>> {
    let mut statement = connection.prepare_cached(RECORD)?;
    let mut fresh = Vec::with_capacity(changes.len());
    for change in changes {
        if statement.execute(params![change.message_id, Micros(at)])? == 1 {
            fresh.push(*change);
        }
    }
    Ok(fresh)
}

pub(super) fn add(
    connection: &Connection,
    delta: &SummaryDelta,
    mean: Option<f64>,
    at: OffsetDateTime,
) -> Result<()> {
    let [h1, h2, h3, h4, h5, h6, h7, h8, h9, h10] = delta.buckets;
    let parameters = params![
        delta.movie_id,
        mean,
        Micros(at),
        h1,
        h2,
        h3,
        h4,
        h5,
        h6,
        h7,
        h8,
        h9,
        h10,
        delta.trend
    ];
    let mut statement = connection.prepare_cached(ADD)?;
    let ratings = statement.query_row(parameters, |row| row.get(0)).optional()?;
    ratings.map_or(Ok(()), |ratings| move_words(connection, delta.movie_id, ratings, delta.count()))
}
