use crate::{Score, ScoreChange, ValueError};

/// How many ratings gave each score, 1 to 10 in order. Count, sum and mean follow from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Histogram([u64; 10]);

impl Histogram {
    /// Takes ten counts, scores 1 to 10 in order.
    pub fn new(buckets: [u64; 10]) -> Self {
        Self(buckets)
    }

    /// Counts scores one by one.
    pub fn of(scores: impl IntoIterator<Item = Score>) -> Self {
        let mut histogram = Self::default();
        for score in scores {
            histogram.0[score.bucket()] += 1;
        }
        histogram
    }

    /// Counts one change in.
    ///
    /// # Errors
    /// [`ValueError::Underflow`] when the old score was never counted; nothing is changed then.
    pub fn apply(&mut self, change: ScoreChange) -> Result<(), ValueError> {
        let mut buckets = self.0;
        for (bucket, delta) in buckets.iter_mut().zip(change.bucket_deltas()) {
            *bucket = bucket.checked_add_signed(delta).ok_or(ValueError::Underflow)?;
        }
        self.0 = buckets;
        Ok(())
    }

    /// The ten counts.
    pub fn buckets(&self) -> [u64; 10] {
        self.0
    }

    /// The number of ratings.
    pub fn count(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The sum of all scores.
    pub fn sum(&self) -> u64 {
        (1..=10).zip(self.0).map(|(score, count)| score * count).sum()
    }

    /// The arithmetic mean, 1 to 10, or nothing without ratings.
    pub fn mean(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum() as f64 / count as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scores() -> impl Strategy<Value = Vec<Score>> {
        prop::collection::vec((1i64..=10).prop_map(|raw| Score::parse(raw).unwrap()), 0..50)
    }

    proptest! {
        #[test]
        fn count_sum_and_mean_are_those_of_the_scores(scores in scores()) {
            let histogram = Histogram::of(scores.iter().copied());
            let sum: u64 = scores.iter().map(|s| u64::from(s.get())).sum();
            prop_assert_eq!(histogram.count(), scores.len() as u64);
            prop_assert_eq!(histogram.sum(), sum);
            prop_assert_eq!(histogram.mean().is_some(), !scores.is_empty());
        }

        #[test]
        fn changes_commute(scores in scores(), seed: u64) {
            let mut shuffled = scores.clone();
            let turn = seed as usize % scores.len().max(1);
            shuffled.rotate_left(turn);
            let mut histogram = Histogram::default();
            for score in shuffled {
                histogram.apply(ScoreChange::first(score)).unwrap();
            }
            prop_assert_eq!(histogram, Histogram::of(scores));
        }
    }

    #[test]
    fn never_takes_away_what_was_not_counted() {
        let mut histogram = Histogram::default();
        let removal = ScoreChange::new(Score::parse(3).ok(), None);
        assert_eq!(histogram.apply(removal), Err(ValueError::Underflow));
        assert_eq!(histogram, Histogram::default());
    }
}
