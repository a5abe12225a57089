use reelmark_domain::{CatalogueMean, PRIOR_WEIGHT, WeightedScore};

use super::{corrupt, mean, movie_named, numbers, tallies};
use crate::ports::{CorruptRecord, MovieNumbersRecord};
use crate::report::{MovieReport, RatingNumbers};

/// What a report about a movie says.
pub(crate) fn movie_report(record: MovieNumbersRecord) -> Result<MovieReport, CorruptRecord> {
    let numbers = numbers(record.histogram)?;
    Ok(MovieReport {
        movie: movie_named(record.movie),
        weighted_score: weighted_score(&numbers, record.catalogue)?,
        numbers,
        by_month: tallies(record.by_month)?,
    })
}

/// Ratings that were not counted in yet leave the catalogue without a mean, and the movie without a
/// weighted score.
fn weighted_score(
    numbers: &RatingNumbers,
    (count, sum): (i64, i64),
) -> Result<Option<f64>, CorruptRecord> {
    if numbers.count == 0 || count == 0 {
        return Ok(None);
    }
    let catalogue_mean = CatalogueMean::parse(mean(count, sum)?).map_err(corrupt("sum"))?;
    let score = WeightedScore {
        count: numbers.count,
        mean: numbers.mean,
        prior_weight: PRIOR_WEIGHT,
        catalogue_mean,
    };
    Ok(Some(score.value()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{ReportedMovieRecord, TallyRecord};

    fn record(histogram: [i64; 10], catalogue: (i64, i64)) -> MovieNumbersRecord {
        MovieNumbersRecord {
            movie: ReportedMovieRecord { id: 42, title: "Up".into(), release_year: None },
            histogram,
            catalogue,
            by_month: vec![TallyRecord { key: Some("2026-03".into()), count: 2, sum: 11 }],
        }
    }

    #[test]
    fn computes_what_the_store_left_to_the_domain() {
        let torn = [1, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        let report = movie_report(record(torn, (10, 65))).unwrap();
        assert_eq!((report.numbers.count, report.numbers.mean), (2, Some(5.5)));
        assert_eq!(report.numbers.standard_deviation, Some(4.5));
        assert_eq!(report.numbers.polarization, Some(1.0));
        assert_eq!(report.weighted_score, Some((2.0 * 5.5 + 50.0 * 6.5) / 52.0));
        assert_eq!((report.by_month[0].key.as_str(), report.by_month[0].mean), ("2026-03", 5.5));
    }

    #[test]
    fn a_movie_without_ratings_has_counts_alone() {
        let report = movie_report(record([0; 10], (10, 65))).unwrap();
        let numbers = report.numbers;
        assert_eq!((numbers.count, numbers.mean, report.weighted_score), (0, None, None));
        assert_eq!((numbers.standard_deviation, numbers.polarization), (None, None));
    }

    #[test]
    fn a_catalogue_that_nothing_was_counted_in_for_weighs_nothing() {
        let report = movie_report(record([0, 0, 0, 0, 0, 0, 0, 1, 0, 0], (0, 0))).unwrap();
        assert_eq!(report.weighted_score, None);
    }

    #[test]
    fn sums_that_no_ratings_have_are_refused() {
        let mut record = record([0; 10], (0, 0));
        record.by_month[0].sum = 21;
        assert!(movie_report(record).is_err());
    }
}
