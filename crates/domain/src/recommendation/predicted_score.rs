use crate::{Score, WeightedScore};

/// How much higher or lower somebody scores than others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct UserBias {
    /// The mean of their scores, and how many these are.
    own: Option<(f64, f64)>,
}

/// How somebody may score a movie, 1 to 10.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct PredictedScore(f64);

impl UserBias {
    /// So many scores of their own must be there for half of it to be believed.
    const SHRINKAGE: f64 = 5.0;

    /// The bias of somebody whose `count` scores have this mean.
    pub fn new(mean: Option<f32>, count: usize) -> Self {
        Self { own: mean.map(|mean| (mean.into(), count as f64)) }
    }

    fn from(self, catalogue_mean: f64) -> f64 {
        let bias = |(mean, count)| (mean - catalogue_mean) * count / (count + Self::SHRINKAGE);
        self.own.map_or(0.0, bias)
    }
}

impl PredictedScore {
    /// How much of what the neighbours say is new: the movie's own score says the rest.
    const NOVELTY: f64 = 0.5;

    /// What all think of the movie, seen by somebody with this bias who likes its neighbours by
    /// `above_mean` points more than their own mean.
    pub fn new(score: &WeightedScore, bias: UserBias, above_mean: f32) -> Self {
        let own = bias.from(score.catalogue_mean.get());
        let raw = score.value() + own + Self::NOVELTY * f64::from(above_mean);
        Self(raw.clamp(Score::MIN as f64, Score::MAX as f64))
    }

    /// The plain number.
    pub fn get(self) -> f64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::CatalogueMean;
    use proptest::prelude::*;

    /// A movie of the mean 8 in a catalogue of the mean 6, rated by so many that it is its score.
    fn score() -> WeightedScore {
        WeightedScore {
            count: 1_000_000_000,
            mean: Some(8.0),
            prior_weight: 50.0,
            catalogue_mean: CatalogueMean::parse(6.0).unwrap(),
        }
    }

    fn predicted(bias: UserBias, above_mean: f32) -> f64 {
        (PredictedScore::new(&score(), bias, above_mean).get() * 100.0).round() / 100.0
    }

    #[test]
    fn without_anything_known_it_is_what_all_think() {
        assert_eq!(predicted(UserBias::default(), 0.0), 8.0);
    }

    #[test]
    fn follows_whoever_scores_higher_or_lower_than_others() {
        assert_eq!(predicted(UserBias::new(Some(5.0), 5), 0.0), 7.5);
        assert_eq!(predicted(UserBias::new(Some(7.0), 15), 0.0), 8.75);
    }

    #[test]
    fn follows_what_they_think_of_its_neighbours() {
        assert_eq!(predicted(UserBias::default(), -2.0), 7.0);
    }

    proptest! {
        #[test]
        fn is_a_score(mean in 1.0_f32..=10.0, count in 1_usize..500, above in -9.0_f32..9.0) {
            let score = PredictedScore::new(&score(), UserBias::new(Some(mean), count), above);
            prop_assert!((1.0..=10.0).contains(&score.get()));
        }
    }
}
