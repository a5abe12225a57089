/// How movies are found that somebody may like: an item–item model.
///
/// Two movies are alike when the same people rated both (Sarwar et al. 2001; Deshpande and Karypis
/// 2004). With `x` what a rating weighs and `a` what its rater does, the similarity that movie `i`
/// has to `j` is
///
/// ```text
///             Σ a x_i x_j               n
///   ───────────────────────────── · ─────────
///   (Σ a x_i²)^(1−d) · (Σ a x_j²)^d   n + λ
/// ```
///
/// over the `n` people who rated both, with the damping `d` and the shrinkage `λ`. With `d` = ½ the
/// fraction is the cosine; above, the more popular of two neighbours counts less (Aiolli 2013).
/// `docs/RECOMMENDATIONS.md` tells what each number does, measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recommender {
    /// What a rating weighs in a similarity.
    pub weights: Weights,
    /// `λ`: so many people must have rated both for half of the similarity to be believed.
    pub shrinkage: f32,
    /// `d`, ½ to 1: how much being popular is held against a neighbour.
    pub damping: f32,
    /// `g`: who rated `m` movies weighs `a` = `m^−g`, because who rates all there is says little.
    pub activity_damping: f32,
    /// How many neighbours a movie has at most.
    pub neighbours: usize,
    /// How many people must have rated both for two movies to be neighbours at all. Above 2, no
    /// list shows what one person alone rated.
    pub common_raters: u32,
    /// `b`: how much more an opinion counts in a recommendation for each point it lies above
    /// the mean of its owner, and less for each below.
    pub liking: f32,
    /// `r`: the latest opinion but `n` counts `(n + 1)^−r`, because what somebody rates next is
    /// most like what they rated last.
    pub recency: f32,
}

/// What a rating weighs in a similarity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weights {
    /// That there is one: whom a movie draws tells more than how they like it.
    Presence,
    /// By how much its score differs from the mean of its rater ("adjusted cosine").
    Centred,
}

impl Recommender {
    /// How many of somebody's ratings count, the latest. It bounds the work: that grows with the
    /// square of it.
    pub const LATEST: usize = 300;

    /// Whoever has rated fewer movies is not known well enough.
    pub const LEAST_OPINIONS: usize = 3;

    /// The weight of an opinion in a recommendation, never below zero. `place` is its place among
    /// those of its owner, 0 for the latest.
    pub(super) fn weight(&self, above_mean: f32, place: usize) -> f32 {
        (1.0 + self.liking * above_mean).max(0.0) * (place as f32 + 1.0).powf(-self.recency)
    }
}

impl Default for Recommender {
    /// Chosen by what each of them does on ml-100k; see `docs/RECOMMENDATIONS.md`.
    fn default() -> Self {
        Self {
            weights: Weights::Presence,
            shrinkage: 10.0,
            damping: 0.6,
            activity_damping: 1.0,
            neighbours: 50,
            common_raters: 3,
            liking: 0.1,
            recency: 0.75,
        }
    }
}
