use reelmark_domain::{
    CatalogueMean, Histogram, PRIOR_WEIGHT, WeightedScore, polarization, standard_deviation,
};

use super::{corrupt, count, mean, movie_named, numbers, tallies};
use crate::ports::{
    ActiveRaterRecord, CatalogueNumbersRecord, CorruptRecord, RankedMovieRecord, histogram,
};
use crate::report::{ActiveRater, CatalogueReport, RankedMovie};

/// What a report about the catalogue says.
pub(crate) fn catalogue_report(
    record: CatalogueNumbersRecord,
) -> Result<CatalogueReport, CorruptRecord> {
    let movies =
        |records: Vec<RankedMovieRecord>| records.into_iter().map(ranked).collect::<Result<_, _>>();
    let raters = record.most_active.into_iter().map(active_rater);
    Ok(CatalogueReport {
        movies: count(record.movies)?,
        users: count(record.users)?,
        reviews: count(record.reviews)?,
        numbers: numbers(record.histogram)?,
        by_day: tallies(record.by_day)?,
        top_rated: movies(record.top_rated)?,
        most_divisive: movies(record.most_divisive)?,
        most_active: raters.collect::<Result<_, _>>()?,
        unrated: count(record.unrated)?,
        unrated_sample: record.unrated_sample.into_iter().map(movie_named).collect(),
    })
}

fn ranked(record: RankedMovieRecord) -> Result<RankedMovie, CorruptRecord> {
    let histogram = histogram(record.histogram).map_err(corrupt("histogram"))?;
    Ok(RankedMovie {
        movie: movie_named(record.movie),
        count: histogram.count(),
        mean: histogram.mean().unwrap_or_default(),
        weighted_score: weighted_score(&histogram, record.catalogue_mean)?,
        standard_deviation: standard_deviation(&histogram).unwrap_or_default(),
        polarization: polarization(&histogram).unwrap_or_default(),
    })
}

fn weighted_score(
    histogram: &Histogram,
    catalogue_mean: Option<f64>,
) -> Result<Option<f64>, CorruptRecord> {
    let catalogue_mean = catalogue_mean.map(CatalogueMean::parse).transpose();
    let score = catalogue_mean.map_err(corrupt("catalogue_mean"))?.map(|catalogue_mean| {
        let (count, mean) = (histogram.count(), histogram.mean());
        WeightedScore { count, mean, prior_weight: PRIOR_WEIGHT, catalogue_mean }.value()
    });
    Ok(score)
}

fn active_rater(record: ActiveRaterRecord) -> Result<ActiveRater, CorruptRecord> {
    Ok(ActiveRater {
        username: record.username,
        count: count(record.count)?,
        mean: mean(record.count, record.sum)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::ReportedMovieRecord;

    fn record() -> CatalogueNumbersRecord {
        let movie = ReportedMovieRecord { id: 42, title: "Up".into(), release_year: Some(2009) };
        let histogram = [10, 0, 0, 0, 0, 0, 0, 0, 0, 10];
        let ranked = RankedMovieRecord { movie, histogram, catalogue_mean: Some(6.0) };
        CatalogueNumbersRecord {
            movies: 2,
            users: 21,
            reviews: 3,
            histogram,
            by_day: vec![],
            top_rated: vec![ranked.clone()],
            most_divisive: vec![ranked],
            most_active: vec![ActiveRaterRecord { username: None, count: 2, sum: 11 }],
            unrated: 1,
            unrated_sample: vec![],
        }
    }

    #[test]
    fn ranks_by_numbers_of_the_domain() {
        let report = catalogue_report(record()).unwrap();
        let top = &report.top_rated[0];
        assert_eq!((top.count, top.mean), (20, 5.5));
        assert_eq!(top.weighted_score, Some((20.0 * 5.5 + 50.0 * 6.0) / 70.0));
        let torn = &report.most_divisive[0];
        assert_eq!((torn.standard_deviation, torn.polarization), (4.5, 1.0));
    }

    #[test]
    fn a_private_rater_has_no_name() {
        let rater = catalogue_report(record()).unwrap().most_active.remove(0);
        assert_eq!((rater.username, rater.count, rater.mean), (None, 2, 5.5));
    }

    #[test]
    fn counts_below_nothing_are_refused() {
        assert!(catalogue_report(CatalogueNumbersRecord { unrated: -1, ..record() }).is_err());
    }
}
