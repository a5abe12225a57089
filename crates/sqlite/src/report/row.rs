use reelmark_application::ports::{
    RankedMovieRecord, RatingSpan, ReportRecord, ReportedMovieRecord, TallyRecord,
};
use rusqlite::{Connection, Params, Result, Row};
use time::Date;

use crate::row::{Cells, Micros};

/// The columns that [`report`] reads first, of `reports`.
macro_rules! report_columns {
    () => {
        "id, owner_id, kind, subject, period_from, period_to, status, requested_at, started_at,
            finished_at, failure"
    };
}
pub(super) use report_columns;

/// Reads the columns above and the result.
pub(super) fn report(row: &Row<'_>) -> Result<ReportRecord> {
    let mut cells = Cells::of(row);
    Ok(ReportRecord {
        id: cells.take()?,
        owner_id: cells.take()?,
        kind: cells.take()?,
        subject: cells.take()?,
        from: next_day(&mut cells)?,
        to: next_day(&mut cells)?,
        status: cells.take()?,
        requested_at: cells.time()?,
        started_at: cells.take::<Option<Micros>>()?.map(|micros| micros.0),
        finished_at: cells.take::<Option<Micros>>()?.map(|micros| micros.0),
        failure: cells.take()?,
        result: cells.take()?,
    })
}

/// A day is stored as its midnight.
pub(super) fn midnight(day: Date) -> Micros {
    Micros(day.midnight().assume_utc())
}

fn next_day(cells: &mut Cells<'_, '_>) -> Result<Option<Date>> {
    Ok(cells.take::<Option<Micros>>()?.map(|micros| micros.0.date()))
}

/// The two ends of a span, for the parameters of `in_span!`.
pub(super) fn ends(span: &RatingSpan) -> (Option<Micros>, Option<Micros>) {
    (span.from.map(Micros), span.to.map(Micros))
}

/// All rows of a statement.
pub(super) fn all<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(sql)?;
    statement.query_map(parameters, read)?.collect()
}

/// Reads `key, count, sum`.
pub(super) fn tally(row: &Row<'_>) -> Result<TallyRecord> {
    let mut cells = Cells::of(row);
    Ok(TallyRecord { key: cells.take()?, count: cells.take()?, sum: cells.take()? })
}

/// Reads `id, title, release_year`.
pub(super) fn movie(row: &Row<'_>) -> Result<ReportedMovieRecord> {
    next_movie(&mut Cells::of(row))
}

pub(super) fn next_movie(cells: &mut Cells<'_, '_>) -> Result<ReportedMovieRecord> {
    Ok(ReportedMovieRecord { id: cells.take()?, title: cells.take()?, release_year: cells.take()? })
}

/// Reads the same, `catalogue_mean` and ten counts.
pub(super) fn ranked(row: &Row<'_>) -> Result<RankedMovieRecord> {
    let mut cells = Cells::of(row);
    Ok(RankedMovieRecord {
        movie: next_movie(&mut cells)?,
        catalogue_mean: cells.take()?,
        histogram: next_histogram(&mut cells)?,
    })
}

/// Reads ten counts.
pub(super) fn histogram(row: &Row<'_>) -> Result<[i64; 10]> {
    next_histogram(&mut Cells::of(row))
}

fn next_histogram(cells: &mut Cells<'_, '_>) -> Result<[i64; 10]> {
    let mut counts = [0; 10];
    for count in &mut counts {
        *count = cells.take()?;
    }
    Ok(counts)
}

/// How many `ratings` gave each score.
macro_rules! score_counts {
    () => {
        "count(*) FILTER (WHERE score = 1), count(*) FILTER (WHERE score = 2),
            count(*) FILTER (WHERE score = 3), count(*) FILTER (WHERE score = 4),
            count(*) FILTER (WHERE score = 5), count(*) FILTER (WHERE score = 6),
            count(*) FILTER (WHERE score = 7), count(*) FILTER (WHERE score = 8),
            count(*) FILTER (WHERE score = 9), count(*) FILTER (WHERE score = 10)"
    };
}
pub(super) use score_counts;

/// The condition that a rating was last given from `$from` on and before `$to`.
macro_rules! in_span {
    ($from:literal, $to:literal) => {
        concat!(
            "(",
            $from,
            " IS NULL OR ratings.updated_at >= ",
            $from,
            ") AND (",
            $to,
            " IS NULL OR ratings.updated_at < ",
            $to,
            ")"
        )
    };
}
pub(super) use in_span;
