//! The movies themselves.

use rand::RngExt;

use super::random::{Purpose, Random, stream};
use super::titles;

/// MovieLens' genres, and how many of a thousand movies have each.
const GENRES: [(&str, u32); 18] = [
    ("Action", 112),
    ("Adventure", 62),
    ("Animation", 53),
    ("Children", 52),
    ("Comedy", 266),
    ("Crime", 81),
    ("Documentary", 109),
    ("Drama", 391),
    ("Fantasy", 44),
    ("Film-Noir", 4),
    ("Horror", 101),
    ("IMAX", 2),
    ("Musical", 12),
    ("Mystery", 46),
    ("Romance", 119),
    ("Sci-Fi", 56),
    ("Thriller", 135),
    ("War", 27),
];

/// A movie as MovieLens lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Movie {
    /// Movies are numbered from 1.
    pub id: u32,
    pub title: String,
    pub year: u16,
    pub genres: Vec<&'static str>,
}

/// All movies, by their numbers.
pub struct Movies {
    seed: u64,
    count: u32,
    given: u32,
}

impl Movies {
    pub fn new(count: u32, seed: u64) -> Self {
        Self { seed, count, given: 0 }
    }
}

impl Iterator for Movies {
    type Item = Movie;

    fn next(&mut self) -> Option<Movie> {
        if self.given == self.count {
            return None;
        }
        self.given += 1;
        let mut random = stream(self.seed, Purpose::Titles, self.given.into());
        Some(Movie {
            id: self.given,
            title: titles::draw(&mut random),
            year: year(&mut random),
            genres: genres(&mut random),
        })
    }
}

/// 1915 to 2023, and the later the more.
fn year(random: &mut Random) -> u16 {
    let age = 108.0 * random.random::<f64>().powf(2.2);
    2023 - age as u16
}

fn genres(random: &mut Random) -> Vec<&'static str> {
    let has = |share: u32| random.random_range(0..1_000) < share;
    let mut has = has;
    GENRES.iter().filter(|(_, share)| has(*share)).map(|(name, _)| *name).collect()
}
