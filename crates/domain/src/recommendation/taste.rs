use crate::{MovieId, Score};

/// What somebody thinks of one movie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// The movie.
    pub movie: MovieId,
    /// How much they liked it.
    pub score: Score,
}

/// What somebody thinks of the movies they rated, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taste(Vec<Opinion>);

impl Taste {
    /// The taste of somebody with these opinions, latest first, one per movie.
    pub fn new(opinions: Vec<Opinion>) -> Self {
        Self(opinions)
    }

    /// The opinions, latest first.
    pub fn opinions(&self) -> &[Opinion] {
        &self.0
    }

    /// The mean of the scores; nothing without any.
    pub fn mean(&self) -> Option<f32> {
        let sum: f32 = self.0.iter().map(|opinion| f32::from(opinion.score.get())).sum();
        (!self.0.is_empty()).then(|| sum / self.0.len() as f32)
    }
}
