use crate::ValueError;

/// How many ratings at the catalogue's mean every movie starts with: the `m` of the formula.
pub const PRIOR_WEIGHT: f64 = 50.0;

/// The mean over all ratings of all movies, 1 to 10: the `C` of the formula.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct CatalogueMean(f64);

impl CatalogueMean {
    /// Checks that the mean lies on the scale.
    ///
    /// # Errors
    /// [`ValueError::Malformed`] outside 1 to 10 and for NaN.
    pub fn parse(mean: f64) -> Result<Self, ValueError> {
        if (1.0..=10.0).contains(&mean) {
            Ok(Self(mean))
        } else {
            Err(ValueError::Malformed { expected: "a mean between 1 and 10" })
        }
    }

    /// The plain number.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A mean drawn towards the catalogue's by few ratings, so that one enthusiastic vote doesn't top
/// the charts: `(v·R + m·C) / (v + m)`.
///
/// This is the formula IMDb published for its Top 250: a Bayesian average with `m` pseudo-ratings
/// at the catalogue's mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WeightedScore {
    /// `v`: the number of the movie's ratings.
    pub count: u64,
    /// `R`: the movie's own mean, nothing without ratings.
    pub mean: Option<f64>,
    /// `m`: how many pseudo-ratings stand at the catalogue's mean.
    pub prior_weight: f64,
    /// `C`: the mean over all ratings.
    pub catalogue_mean: CatalogueMean,
}

impl WeightedScore {
    /// The result, 1 to 10. A movie without ratings scores the catalogue's mean.
    pub fn value(&self) -> f64 {
        let count = self.count as f64;
        let own = count * self.mean.unwrap_or(0.0);
        (own + self.prior_weight * self.catalogue_mean.get()) / (count + self.prior_weight)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn weighted(count: u64, mean: f64, catalogue_mean: f64) -> f64 {
        let catalogue_mean = CatalogueMean::parse(catalogue_mean).unwrap();
        let mean = (count > 0).then_some(mean);
        WeightedScore { count, mean, prior_weight: PRIOR_WEIGHT, catalogue_mean }.value()
    }

    proptest! {
        #[test]
        fn lies_between_the_two_means(count in 0u64..100_000, r in 1.0f64..=10.0, c in 1.0f64..=10.0) {
            let value = weighted(count, r, c);
            prop_assert!(value >= r.min(c) - 1e-9 && value <= r.max(c) + 1e-9);
        }

        #[test]
        fn more_ratings_bring_it_nearer_to_the_movies_own_mean(count in 1u64..100_000, r in 1.0f64..=10.0, c in 1.0f64..=10.0) {
            let near = (weighted(count + 1, r, c) - r).abs();
            prop_assert!(near <= (weighted(count, r, c) - r).abs() + 1e-9);
        }
    }

    #[test]
    fn is_half_way_when_count_equals_the_weight() {
        assert_eq!(weighted(50, 9.0, 7.0), 8.0);
    }

    #[test]
    fn a_mean_off_the_scale_is_refused() {
        assert!([0.99, 10.01, f64::NAN].iter().all(|m| CatalogueMean::parse(*m).is_err()));
    }
}
