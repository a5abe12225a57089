use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use reelmark_domain::{CatalogueMean, MovieId, Opinion, PRIOR_WEIGHT, Taste, WeightedScore};

/// All movies, and what is known of them without the ratings that were taken away.
pub(super) struct Catalogue {
    by_popularity: Vec<MovieId>,
    numbers: HashMap<MovieId, Numbers>,
    mean: Option<CatalogueMean>,
}

/// The ratings of a movie.
#[derive(Clone, Copy, Default)]
struct Numbers {
    count: u64,
    sum: u64,
}

impl Catalogue {
    pub(super) fn of(tastes: &[Taste], known: &[(Taste, Opinion)]) -> Self {
        let mut numbers = BTreeMap::<MovieId, Numbers>::new();
        for opinion in tastes.iter().flat_map(Taste::opinions) {
            numbers.entry(opinion.movie).or_default();
        }
        for opinion in known.iter().flat_map(|(taste, _)| taste.opinions()) {
            let numbers = numbers.entry(opinion.movie).or_default();
            numbers.count += 1;
            numbers.sum += u64::from(opinion.score.get());
        }
        let mut by_popularity: Vec<MovieId> = numbers.keys().copied().collect();
        by_popularity.sort_by_key(|movie| Reverse(numbers[movie].count));
        let mean = mean(numbers.values());
        Self { by_popularity, numbers: numbers.into_iter().collect(), mean }
    }

    pub(super) fn movies(&self) -> usize {
        self.by_popularity.len()
    }

    /// The others, those that most people rated first, ties by id.
    pub(super) fn without(&self, seen: &HashSet<MovieId>) -> impl Iterator<Item = MovieId> {
        self.by_popularity.iter().copied().filter(|movie| !seen.contains(movie))
    }

    pub(super) fn weighted_score(&self, movie: MovieId) -> Option<WeightedScore> {
        let Numbers { count, sum } = self.numbers.get(&movie).copied().unwrap_or_default();
        let mean = (count > 0).then(|| sum as f64 / count as f64);
        let (prior_weight, catalogue_mean) = (PRIOR_WEIGHT, self.mean?);
        Some(WeightedScore { count, mean, prior_weight, catalogue_mean })
    }
}

fn mean<'a>(numbers: impl Iterator<Item = &'a Numbers>) -> Option<CatalogueMean> {
    let (count, sum) = numbers.fold((0, 0), |(c, s), one| (c + one.count, s + one.sum));
    CatalogueMean::parse(sum as f64 / count as f64).ok()
}
