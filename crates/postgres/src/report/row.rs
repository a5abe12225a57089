use reelmark_application::ports::{
    RankedMovieRecord, ReportRecord, ReportedMovieRecord, TallyRecord,
};
use tokio_postgres::Row;

use crate::error::{Failure, Result};

/// The columns that [`report`] reads, but for the result.
macro_rules! report_columns {
    () => {
        "id, owner_id, kind, subject, period_from, period_to, status, requested_at, started_at,
            finished_at, failure"
    };
}
pub(super) use report_columns;

pub(super) fn report(row: &Row) -> Result<ReportRecord> {
    Ok(ReportRecord {
        id: row.try_get("id")?,
        owner_id: row.try_get("owner_id")?,
        kind: row.try_get("kind")?,
        subject: row.try_get("subject")?,
        from: row.try_get("period_from")?,
        to: row.try_get("period_to")?,
        status: row.try_get("status")?,
        requested_at: row.try_get("requested_at")?,
        started_at: row.try_get("started_at")?,
        finished_at: row.try_get("finished_at")?,
        failure: row.try_get("failure")?,
        result: row.try_get("result")?,
    })
}

/// Reads `key, count, sum`.
pub(super) fn tally(row: &Row) -> Result<TallyRecord> {
    Ok(TallyRecord {
        key: row.try_get("key")?,
        count: row.try_get("count")?,
        sum: row.try_get("sum")?,
    })
}

/// Reads `id, title, release_year`.
pub(super) fn movie(row: &Row) -> Result<ReportedMovieRecord> {
    Ok(ReportedMovieRecord {
        id: row.try_get("id")?,
        title: row.try_get("title")?,
        release_year: row.try_get("release_year")?,
    })
}

/// Reads the same, `histogram` and `catalogue_mean`.
pub(super) fn ranked(row: &Row) -> Result<RankedMovieRecord> {
    Ok(RankedMovieRecord {
        movie: movie(row)?,
        histogram: histogram(row)?,
        catalogue_mean: row.try_get("catalogue_mean")?,
    })
}

/// Reads `histogram`, an array of ten counts.
pub(super) fn histogram(row: &Row) -> Result<[i64; 10]> {
    let counts: Vec<i64> = row.try_get("histogram")?;
    counts.try_into().map_err(|_| Failure::Corrupt("a histogram without ten counts".into()))
}

/// How many `ratings` gave each score.
macro_rules! score_counts {
    () => {
        "ARRAY[
            count(*) FILTER (WHERE score = 1), count(*) FILTER (WHERE score = 2),
            count(*) FILTER (WHERE score = 3), count(*) FILTER (WHERE score = 4),
            count(*) FILTER (WHERE score = 5), count(*) FILTER (WHERE score = 6),
            count(*) FILTER (WHERE score = 7), count(*) FILTER (WHERE score = 8),
            count(*) FILTER (WHERE score = 9), count(*) FILTER (WHERE score = 10)
        ] AS histogram"
    };
}
pub(super) use score_counts;

/// The condition that a rating was last given from `$from` on and before `$to`.
macro_rules! in_span {
    ($from:literal, $to:literal) => {
        concat!(
            "(",
            $from,
            "::timestamptz IS NULL OR ratings.updated_at >= ",
            $from,
            ") AND (",
            $to,
            "::timestamptz IS NULL OR ratings.updated_at < ",
            $to,
            ")"
        )
    };
}
pub(super) use in_span;
