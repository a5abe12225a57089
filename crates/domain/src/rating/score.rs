use crate::ValueError;
use crate::value_error::in_range;

/// How much somebody liked a movie: a whole number from 1 to 10. Half stars times two, so that
/// the values of MovieLens, Letterboxd, IMDb and Trakt all map without loss.
///
/// ```
/// use reelmark_domain::Score;
/// assert_eq!(Score::parse(10)?.get(), 10);
/// assert!(Score::parse(0).is_err());
/// # Ok::<(), reelmark_domain::ValueError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "i64", try_from = "i64"))]
pub struct Score(u8);

impl Score {
    /// The least score.
    pub const MIN: i64 = 1;
    /// The greatest score.
    pub const MAX: i64 = 10;

    /// Checks a score.
    ///
    /// # Errors
    /// [`ValueError::OutOfRange`] outside 1 to 10.
    pub fn parse(raw: i64) -> Result<Self, ValueError> {
        let score = in_range(raw, Self::MIN, Self::MAX)?;
        u8::try_from(score).map(Self).map_err(|_| ValueError::OutOfRange {
            min: Self::MIN,
            max: Self::MAX,
            actual: raw,
        })
    }

    /// The plain number.
    pub fn get(self) -> u8 {
        self.0
    }

    /// The position of this score in a histogram, 0 to 9.
    pub(crate) fn bucket(self) -> usize {
        usize::from(self.0 - 1)
    }
}

impl From<Score> for i64 {
    fn from(score: Score) -> Self {
        score.0.into()
    }
}

impl TryFrom<i64> for Score {
    type Error = ValueError;

    fn try_from(raw: i64) -> Result<Self, Self::Error> {
        Self::parse(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn takes_1_to_10_alone(raw: i64) {
            prop_assert_eq!(Score::parse(raw).is_ok(), (1..=10).contains(&raw));
        }
    }

    #[test]
    fn rejects_a_score_above_ten() {
        assert_eq!(Score::parse(11), Err(ValueError::OutOfRange { min: 1, max: 10, actual: 11 }));
    }

    #[test]
    fn takes_every_score_of_the_scale() {
        assert!((1..=10).all(|raw| Score::parse(raw).map(i64::from) == Ok(raw)));
    }
}
