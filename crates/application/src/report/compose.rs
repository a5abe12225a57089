//! From the numbers that a store counted to what a report says. All that isn't a whole number is
//! computed here, so that it doesn't depend on the store.

use reelmark_domain::{Histogram, ValueError, polarization, standard_deviation};

use super::content::{RatingNumbers, ReportedMovie, Tally};
use crate::ports::{CorruptRecord, ReportedMovieRecord, TallyRecord, histogram};

mod catalogue;
mod movie;
mod user;

pub(crate) use catalogue::catalogue_report;
pub(crate) use movie::movie_report;
pub(crate) use user::user_report;

/// Says where a number stands that can't be true.
fn corrupt(column: &'static str) -> impl Fn(ValueError) -> CorruptRecord {
    move |source| CorruptRecord { table: "ratings", column, row: 0, source }
}

fn numbers(buckets: [i64; 10]) -> Result<RatingNumbers, CorruptRecord> {
    Ok(numbers_of(&histogram(buckets).map_err(corrupt("score"))?))
}

fn numbers_of(histogram: &Histogram) -> RatingNumbers {
    RatingNumbers {
        count: histogram.count(),
        mean: histogram.mean(),
        standard_deviation: standard_deviation(histogram),
        polarization: polarization(histogram),
        histogram: histogram.buckets(),
    }
}

fn tallies(records: Vec<TallyRecord>) -> Result<Vec<Tally>, CorruptRecord> {
    records.into_iter().map(tally).collect()
}

fn tally(record: TallyRecord) -> Result<Tally, CorruptRecord> {
    Ok(Tally {
        key: record.key.unwrap_or_else(|| "unknown".to_owned()),
        count: count(record.count)?,
        mean: mean(record.count, record.sum)?,
    })
}

fn count(raw: i64) -> Result<u64, CorruptRecord> {
    u64::try_from(raw).map_err(|_| corrupt("count")(ValueError::Underflow))
}

/// The mean of ratings that there are.
fn mean(count: i64, sum: i64) -> Result<f64, CorruptRecord> {
    if count > 0 && (count..=10 * count).contains(&sum) {
        return Ok(sum as f64 / count as f64);
    }
    Err(corrupt("sum")(ValueError::Malformed { expected: "a sum of as many scores" }))
}

fn movie_named(record: ReportedMovieRecord) -> ReportedMovie {
    ReportedMovie { id: record.id, title: record.title, release_year: record.release_year }
}
