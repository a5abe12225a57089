//! How long neighbours take, and how much memory, for as many ratings as asked for:
//! `cargo run --release -p reelmark-domain --example neighbours_at_scale -- 32000000`.
//!
//! The ratings have about the shape of MovieLens 32M: 160 per person in the mean and many more for
//! few, of 87,000 movies, the popular ones most.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a tool for developers")]

use std::collections::BTreeSet;
use std::time::Instant;

use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt, SeedableRng};
use reelmark_domain::{
    MovieId, Opinion, Recommender, Score, Similarities, Taste, TasteMatrixBuilder,
};

const MOVIES: f64 = 87_000.0;

fn main() {
    let wanted: usize = std::env::args().nth(1).map_or(1_000_000, |raw| raw.parse().unwrap());
    let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
    let mut builder = TasteMatrixBuilder::new(wanted.min(24_000_000));
    let mut given = 0;
    while given < wanted {
        let taste = taste(&mut random, &mut given);
        if !builder.add(&taste) {
            break;
        }
    }
    let ratings = builder.ratings();
    let began = Instant::now();
    let similarities = Similarities::new(builder.build(), Recommender::default());
    let movies = similarities.matrix().movies().len();
    let mut neighbours = 0;
    for first in (0..movies).step_by(500) {
        let lists = similarities.lists(first..movies.min(first + 500));
        neighbours += lists.iter().map(|list| list.neighbours.len()).sum::<usize>();
    }
    println!(
        "{given} ratings, {ratings} looked at, {movies} movies, {neighbours} neighbours: {:?}",
        began.elapsed()
    );
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().filter(|line| line.starts_with("VmHWM")).for_each(|line| println!("{line}"));
}

/// Somebody's latest ratings; `given` grows by all of theirs.
fn taste(random: &mut Xoshiro256PlusPlus, given: &mut usize) -> Taste {
    // A Pareto distribution: a mean of 160, and 20 at least.
    let count = (20.0 * (1.0 - random.random::<f64>()).powf(-1.0 / 1.143)).min(30_000.0) as usize;
    *given += count;
    let count = count.min(Recommender::LATEST);
    let mut movies = BTreeSet::new();
    while movies.len() < count {
        // Zipf's law, about.
        movies.insert(1 + (MOVIES.powf(random.random::<f64>()) - 1.0) as i64);
    }
    let opinion = |movie| Opinion {
        movie: MovieId::parse(movie).unwrap(),
        score: Score::parse(random.random_range(1..=10)).unwrap(),
    };
    Taste::new(movies.into_iter().map(opinion).collect())
}
