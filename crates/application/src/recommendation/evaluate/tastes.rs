use std::cmp::Reverse;
use std::collections::BTreeMap;

use reelmark_domain::{MovieId, Opinion, Score, Taste, seeded_key};
use time::OffsetDateTime;

/// A rating of a movie by somebody, from a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatedFilm {
    pub rater: i64,
    pub movie: MovieId,
    pub score: Score,
    pub at: OffsetDateTime,
}

/// The tastes behind a data set. Ratings of the same moment, of which MovieLens has many because
/// people rate whole pages there, come in an order that follows from `seed` alone.
pub fn tastes_of(ratings: impl IntoIterator<Item = RatedFilm>, seed: u64) -> Vec<Taste> {
    let mut by_rater = BTreeMap::<i64, Vec<RatedFilm>>::new();
    for rating in ratings {
        by_rater.entry(rating.rater).or_default().push(rating);
    }
    let taste = |(rater, mut ratings): (i64, Vec<RatedFilm>)| {
        let seed = seed ^ rater.unsigned_abs();
        ratings.sort_by_cached_key(|rating| (Reverse(rating.at), seeded_key(rating.movie, seed)));
        let opinion = |rated: RatedFilm| Opinion { movie: rated.movie, score: rated.score };
        Taste::new(ratings.into_iter().map(opinion).collect())
    };
    by_rater.into_iter().map(taste).collect()
}
