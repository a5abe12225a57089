use super::Score;

/// What one write did to one person's score of one movie. Changes commute, so a summary comes out
/// the same in whatever order they are applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreChange {
    old: Option<Score>,
    new: Option<Score>,
}

impl ScoreChange {
    /// From `old` to `new`; `None` stands for "not rated".
    pub fn new(old: Option<Score>, new: Option<Score>) -> Self {
        Self { old, new }
    }

    /// A first rating.
    pub fn first(score: Score) -> Self {
        Self::new(None, Some(score))
    }

    /// The score that no longer counts.
    pub fn old(self) -> Option<Score> {
        self.old
    }

    /// The score that counts from now on.
    pub fn new_score(self) -> Option<Score> {
        self.new
    }

    /// How the number of ratings changes: −1, 0 or 1.
    pub fn count_delta(self) -> i64 {
        i64::from(self.new.is_some()) - i64::from(self.old.is_some())
    }

    /// How the sum of scores changes: −10 to 10.
    pub fn sum_delta(self) -> i64 {
        self.new.map_or(0, i64::from) - self.old.map_or(0, i64::from)
    }

    /// How each of the ten buckets changes, scores 1 to 10 in order.
    pub fn bucket_deltas(self) -> [i64; 10] {
        let mut deltas = [0; 10];
        if let Some(old) = self.old {
            deltas[old.bucket()] -= 1;
        }
        if let Some(new) = self.new {
            deltas[new.bucket()] += 1;
        }
        deltas
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score() -> impl Strategy<Value = Option<Score>> {
        (0i64..=10).prop_map(|raw| Score::parse(raw).ok())
    }

    proptest! {
        #[test]
        fn buckets_agree_with_count_and_sum(old in score(), new in score()) {
            let change = ScoreChange::new(old, new);
            let deltas = change.bucket_deltas();
            let sum: i64 = (1..=10).zip(deltas).map(|(score, delta)| score * delta).sum();
            prop_assert_eq!(deltas.iter().sum::<i64>(), change.count_delta());
            prop_assert_eq!(sum, change.sum_delta());
        }
    }
}
