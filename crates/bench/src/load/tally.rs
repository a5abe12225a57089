use reelmark_domain::trend_weight;
use time::OffsetDateTime;

use crate::dataset::Rating;

/// The rating summaries of all movies, added up while the ratings pass by.
pub struct Tally {
    movies: Vec<OfMovie>,
}

/// What the ratings of one movie add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct OfMovie {
    pub histogram: [i64; 10],
    pub trend: f64,
}

impl Tally {
    pub fn new(movies: u32) -> Self {
        Self { movies: vec![OfMovie::default(); movies as usize] }
    }

    pub fn add(&mut self, rating: &Rating, at: OffsetDateTime) {
        let movie = &mut self.movies[rating.movie as usize - 1];
        movie.histogram[usize::from(rating.score) - 1] += 1;
        movie.trend += trend_weight(at);
    }

    /// Each movie's number and its summary.
    pub fn movies(&self) -> impl Iterator<Item = (i64, &OfMovie)> {
        (1..).zip(&self.movies)
    }

    /// The number and the sum of all scores.
    pub fn totals(&self) -> (i64, i64) {
        let scores = self.movies.iter().flat_map(|movie| (1..).zip(movie.histogram));
        scores.fold((0, 0), |(count, sum), (score, n): (i64, i64)| (count + n, sum + score * n))
    }

    /// The mean of all scores.
    pub fn mean(&self) -> f64 {
        let (count, sum) = self.totals();
        sum as f64 / count as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up() {
        let mut tally = Tally::new(2);
        for (movie, score) in [(1, 10), (2, 4), (2, 4)] {
            let rating = Rating { user: 1, movie, score, at: 0 };
            tally.add(&rating, OffsetDateTime::UNIX_EPOCH);
        }
        assert_eq!(tally.totals(), (3, 18));
        assert_eq!(tally.mean(), 6.0);
        assert_eq!(tally.movies().nth(1).unwrap().1.histogram[3], 2);
    }
}
