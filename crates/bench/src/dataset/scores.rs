//! Which scores movies get.

use super::random::{Purpose, Random, normal, normal_share_below, stream};
use super::shape::{POPULARITY_AND_MEAN, SCORE_FREQUENCIES};

/// How much of the scores' variance comes from the movie, and how much from the user.
const FROM_MOVIE: f64 = 0.18;
const FROM_USER: f64 = 0.16;

/// Movies with fewer ratings say little about how popularity and mean correlate.
const TELLING: f64 = 50.0;
const LEAST_TELLING: usize = 100;

/// Gives scores: a rating's opinion is normally distributed, and thresholds cut it into scores so
/// that each is as frequent as it should be.
pub struct Scores {
    /// What the movies add to the opinions on them, the most popular movie first.
    of_movies: Vec<f64>,
    thresholds: [f64; 9],
}

impl Scores {
    /// Scores for movies that have `counts` ratings, in descending order.
    pub fn new(counts: &[f64], seed: u64) -> Self {
        let mut random = stream(seed, Purpose::Quality, 0);
        let (centre, spread) = popularity_of_telling(counts);
        let rest = (1.0 - POPULARITY_AND_MEAN.powi(2)).sqrt();
        let mut quality = |count: &f64| {
            let popularity = (count.ln() - centre) / spread;
            FROM_MOVIE.sqrt() * (POPULARITY_AND_MEAN * popularity + rest * normal(&mut random))
        };
        let of_movies: Vec<f64> = counts.iter().map(&mut quality).collect();
        let thresholds = thresholds(counts, &of_movies);
        Self { of_movies, thresholds }
    }

    /// What a user adds to all of their opinions.
    pub fn of_user(random: &mut Random) -> f64 {
        FROM_USER.sqrt() * normal(random)
    }

    /// The score, 1 to 10, that a user gives to the movie of a rank, counted from 0.
    pub fn draw(&self, rank: u32, of_user: f64, random: &mut Random) -> u8 {
        let own = (1.0 - FROM_MOVIE - FROM_USER).sqrt() * normal(random);
        let opinion = self.of_movies[rank as usize] + of_user + own;
        let below = self.thresholds.iter().filter(|threshold| **threshold < opinion).count();
        1 + below as u8
    }
}

/// The mean and the standard deviation of the logarithms of the larger counts.
fn popularity_of_telling(counts: &[f64]) -> (f64, f64) {
    let telling = counts.iter().filter(|count| **count >= TELLING).count().max(LEAST_TELLING);
    let logs: Vec<f64> = counts.iter().take(telling).map(|count| count.ln()).collect();
    let mean = logs.iter().sum::<f64>() / logs.len() as f64;
    let variance = logs.iter().map(|log| (log - mean).powi(2)).sum::<f64>() / logs.len() as f64;
    (mean, variance.sqrt().max(f64::EPSILON))
}

/// Which share of all ratings has a score of at most 1, at most 2, … at most 9.
pub fn score_shares() -> [f64; 9] {
    let total: f64 = SCORE_FREQUENCIES.iter().map(|frequency| f64::from(*frequency)).sum();
    let mut up_to = 0.0;
    std::array::from_fn(|score| {
        up_to += f64::from(SCORE_FREQUENCIES[score]) / total;
        up_to
    })
}

fn thresholds(counts: &[f64], of_movies: &[f64]) -> [f64; 9] {
    let opinions = Opinions::new(counts, of_movies);
    score_shares().map(|share| opinions.quantile(share))
}

/// The opinions on all movies together: how many ratings belong to movies that add about so much.
struct Opinions {
    bins: Vec<(f64, f64)>,
}

impl Opinions {
    const BINS: usize = 200;
    const REACH: f64 = 4.0;

    fn new(counts: &[f64], of_movies: &[f64]) -> Self {
        let width = 2.0 * Self::REACH / Self::BINS as f64;
        let middle = |bin: usize| (bin as f64 + 0.5) * width - Self::REACH;
        let mut bins: Vec<(f64, f64)> = (0..Self::BINS).map(|bin| (middle(bin), 0.0)).collect();
        let total: f64 = counts.iter().sum();
        for (count, added) in counts.iter().zip(of_movies) {
            let bin = ((added + Self::REACH) / width).max(0.0) as usize;
            bins[bin.min(Self::BINS - 1)].1 += count / total;
        }
        Self { bins }
    }

    fn share_below(&self, x: f64) -> f64 {
        let deviation = (1.0 - FROM_MOVIE).sqrt();
        let shares = self.bins.iter().filter(|(_, share)| *share > 0.0);
        shares.map(|(added, share)| share * normal_share_below((x - added) / deviation)).sum()
    }

    /// By bisection.
    fn quantile(&self, share: f64) -> f64 {
        let (mut low, mut high) = (-2.0 * Self::REACH, 2.0 * Self::REACH);
        for _ in 0..50 {
            let middle = f64::midpoint(low, high);
            if self.share_below(middle) < share { low = middle } else { high = middle }
        }
        high
    }
}
