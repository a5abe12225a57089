use crate::value_error::in_range;
use crate::{MovieId, ValueError};

/// How alike two movies are, from just above 0 to 1, in steps of a ten-thousandth: finer than it
/// can be measured, and the same wherever it is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Similarity(u16);

impl Similarity {
    const STEPS: u16 = 10_000;

    /// Rounds to the next step. Nothing for what isn't alike at all; 1 is the most.
    pub fn round(raw: f32) -> Option<Self> {
        let steps = (raw.clamp(0.0, 1.0) * f32::from(Self::STEPS)).round();
        (steps >= 1.0).then_some(Self(steps as u16))
    }

    /// Takes a number of steps as it was stored.
    ///
    /// # Errors
    /// [`ValueError::OutOfRange`] outside 1 to 10,000.
    pub fn from_steps(raw: i64) -> Result<Self, ValueError> {
        let max = i64::from(Self::STEPS);
        let steps = in_range(raw, 1, max)?;
        u16::try_from(steps).map(Self).map_err(|_| ValueError::OutOfRange {
            min: 1,
            max,
            actual: raw,
        })
    }

    /// The number of steps, 1 to 10,000.
    pub fn steps(self) -> i64 {
        self.0.into()
    }

    /// The plain number, 0.0001 to 1.
    pub fn get(self) -> f64 {
        f64::from(self.0) / f64::from(Self::STEPS)
    }

    /// The same to compute with.
    pub(super) fn weight(self) -> f32 {
        f32::from(self.0) / f32::from(Self::STEPS)
    }
}

/// A movie that is like another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// The movie.
    pub movie: MovieId,
    /// How much.
    pub similarity: Similarity,
}

/// The movies most like one movie, most alike first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeighbourList {
    /// The movie that they are like.
    pub movie: MovieId,
    /// They, without the movie itself.
    pub neighbours: Vec<Neighbour>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_stored_is_read_back(raw in 0.0_f32..1.2) {
            let Some(similarity) = Similarity::round(raw) else { return Ok(()) };
            prop_assert_eq!(Similarity::from_steps(similarity.steps()), Ok(similarity));
            prop_assert!(similarity.get() > 0.0 && similarity.get() <= 1.0);
            prop_assert!((similarity.weight() - raw.min(1.0)).abs() < 0.000_1);
        }

        #[test]
        fn takes_1_to_10000_steps_alone(raw: i64) {
            prop_assert_eq!(Similarity::from_steps(raw).is_ok(), (1..=10_000).contains(&raw));
        }
    }

    #[test]
    fn what_is_not_alike_has_no_similarity() {
        for raw in [-1.0, 0.0, 0.000_04, f32::NAN] {
            assert_eq!(Similarity::round(raw), None, "{raw}");
        }
    }
}
