//! Data sets in the shape of MovieLens 32M, as large as one likes, the same for the same seed.

mod activity;
mod alias;
mod attraction;
mod classes;
mod movies;
mod random;
mod ratings;
mod scores;
mod shape;
#[cfg(test)]
mod tests;
mod titles;
mod words;
mod writer;

use rand::seq::SliceRandom;

pub use self::movies::{Movie, Movies};
pub use self::ratings::{Rating, Ratings};
pub use self::shape::{FULL_RATINGS, Shape};
pub use self::writer::write;

use self::alias::Weighted;
use self::random::{Purpose, stream};
use self::ratings::Source;
use self::scores::Scores;
pub use self::scores::score_shares;

/// A data set that is made while it is read.
pub struct Dataset {
    shape: Shape,
    source: Source,
}

impl Dataset {
    /// Prepares a data set with so many ratings, which takes about a second.
    pub fn new(ratings: u64, seed: u64) -> Self {
        Self::with_movies(ratings, 0, seed)
    }

    /// The same with at least so many movies, most of which may have no rating.
    pub fn with_movies(ratings: u64, movies: u32, seed: u64) -> Self {
        let natural = Shape::of(ratings);
        let shape = Shape { movies: natural.movies.max(movies), ..natural };
        let counts = shape.expected_counts();
        let activity = activity::of(&shape, seed);
        let attraction = Weighted::new(&attraction::fit(&counts, &activity));
        let scores = Scores::new(&counts, seed);
        let movie_at_rank = movie_at_rank(&shape, seed);
        Self { shape, source: Source { seed, activity, movie_at_rank, attraction, scores } }
    }

    pub fn shape(&self) -> Shape {
        self.shape
    }

    pub fn seed(&self) -> u64 {
        self.source.seed
    }

    /// The user who rates most.
    pub fn most_active(&self) -> u32 {
        let users = (1..).zip(&self.source.activity);
        users.max_by_key(|(_, count)| **count).map_or(1, |(user, _)| user)
    }

    /// All movies, by their numbers.
    pub fn movies(&self) -> Movies {
        Movies::new(self.shape.movies, self.source.seed)
    }

    /// All ratings, ordered by user and then by movie.
    pub fn ratings(&self) -> Ratings<'_> {
        Ratings::new(&self.source)
    }

    /// The numbers of all movies, the most popular first.
    pub fn by_popularity(&self) -> &[u32] {
        &self.source.movie_at_rank
    }
}

fn movie_at_rank(shape: &Shape, seed: u64) -> Vec<u32> {
    let mut movies: Vec<u32> = (1..=shape.movies).collect();
    movies.shuffle(&mut stream(seed, Purpose::MovieIds, 0));
    movies
}
