use std::collections::HashSet;

use reelmark_domain::{MovieId, Opinion, Recommender, Taste, leave_last_out};

use self::catalogue::Catalogue;
use self::lists::Lists;
use self::tallies::{RankingTally, ScoreTally};

mod catalogue;
mod lists;
mod tallies;
mod tastes;
#[cfg(test)]
mod tests;

pub use tallies::{Quality, ScoreErrors};
pub use tastes::{RatedFilm, tastes_of};

/// Whoever has rated fewer movies than this besides the last is left out.
const LEAST: usize = 5;

/// So many people are recommended something; of more, some. All of them are learnt from.
const MOST_ASKED: usize = 10_000;

/// How well each way to recommend finds what people rated next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Evaluation {
    pub ratings: usize,
    pub movies: usize,
    /// How many people were recommended something.
    pub raters: usize,
    /// By the movies that are like those somebody rated.
    pub neighbours: Quality,
    /// What most people rated.
    pub popular: Quality,
    /// Anything.
    pub random: Quality,
    /// How far predicted scores are off.
    pub errors: ScoreErrors,
}

/// Takes everybody's last rating away, and looks at which place of all movies that they have not
/// rated each way to recommend puts the movie of it: leave-last-out, over the whole catalogue.
/// Always gives the same for the same tastes and `seed`.
pub fn evaluate(tastes: &[Taste], recommender: Recommender, seed: u64) -> Evaluation {
    let known: Vec<(Taste, Opinion)> =
        tastes.iter().filter_map(|taste| leave_last_out(taste, LEAST)).collect();
    let catalogue = Catalogue::of(tastes, &known);
    let lists = Lists::of(&known, recommender);
    let (mut neighbours, mut popular) = (RankingTally::default(), RankingTally::default());
    let (mut random, mut scores) = (RankingTally::default(), ScoreTally::default());
    let asked = known.iter().step_by(known.len().div_ceil(MOST_ASKED).max(1));
    for (number, (taste, last)) in (0_u64..).zip(asked) {
        let seen: HashSet<MovieId> = taste.opinions().iter().map(|seen| seen.movie).collect();
        let unseen: Vec<MovieId> = catalogue.without(&seen).collect();
        let suggestions = lists.suggest(taste, &seen);
        neighbours.count(suggestions.iter().map(|suggestion| suggestion.movie), last.movie);
        popular.count(unseen.iter().copied(), last.movie);
        random.count_shuffled(&unseen, last.movie, seed.wrapping_add(number));
        scores.count(&catalogue, taste, *last, &suggestions);
    }
    let movies = catalogue.movies();
    Evaluation {
        ratings: tastes.iter().map(|taste| taste.opinions().len()).sum(),
        movies,
        raters: neighbours.rankings(),
        neighbours: neighbours.quality(movies),
        popular: popular.quality(movies),
        random: random.quality(movies),
        errors: scores.errors(),
    }
}
