use time::OffsetDateTime;

use super::{CatalogueMean, Histogram, PRIOR_WEIGHT, WeightedScore, interval_90};
use crate::MovieId;

/// All ratings of one movie in numbers, as of one moment.
///
/// The catalogue's mean is part of it: a weighted score changes only together with `version`, so
/// that the version can serve as an entity tag.
#[derive(Clone, Debug, PartialEq)]
pub struct RatingSummary {
    movie_id: MovieId,
    histogram: Histogram,
    catalogue_mean: Option<CatalogueMean>,
    version: i64,
    computed_at: OffsetDateTime,
}

impl RatingSummary {
    /// Puts together a summary. `catalogue_mean` is empty while nobody has rated anything;
    /// `version` counts the recomputations, from 0.
    pub fn new(
        movie_id: MovieId,
        histogram: Histogram,
        catalogue_mean: Option<CatalogueMean>,
        version: i64,
        computed_at: OffsetDateTime,
    ) -> Self {
        Self { movie_id, histogram, catalogue_mean, version, computed_at }
    }

    /// The movie it speaks of.
    pub fn movie_id(&self) -> MovieId {
        self.movie_id
    }

    /// How many ratings gave each score.
    pub fn histogram(&self) -> &Histogram {
        &self.histogram
    }

    /// The inputs and the value of the weighted score. Nothing before the first rating: the
    /// catalogue's mean says nothing about a movie nobody has rated.
    pub fn weighted_score(&self) -> Option<WeightedScore> {
        let mean = self.histogram.mean()?;
        self.catalogue_mean.map(|catalogue_mean| WeightedScore {
            count: self.histogram.count(),
            mean: Some(mean),
            prior_weight: PRIOR_WEIGHT,
            catalogue_mean,
        })
    }

    /// Where the mean would lie if everybody rated; nothing before the first rating.
    pub fn interval_90(&self) -> Option<[f64; 2]> {
        (self.histogram.count() > 0).then(|| interval_90(&self.histogram))
    }

    /// How often it was recomputed.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// When it was last recomputed.
    pub fn computed_at(&self) -> OffsetDateTime {
        self.computed_at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unrated_movie_has_no_scores() {
        let movie = MovieId::parse(1).unwrap();
        let mean = CatalogueMean::parse(7.0).ok();
        let summary =
            RatingSummary::new(movie, Histogram::default(), mean, 0, OffsetDateTime::UNIX_EPOCH);
        assert!(summary.weighted_score().is_none() && summary.interval_90().is_none());
    }
}
