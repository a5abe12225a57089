use super::{Opinion, Taste};
use crate::MovieId;

/// How good rankings are in which one movie each was to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RankingQuality {
    rankings: u64,
    gain_at_10: f64,
    found_at_20: u64,
}

impl RankingQuality {
    /// Counts in where in a ranking the movie was, from 0; nowhere when it was in none.
    pub fn count(&mut self, rank: Option<usize>) {
        self.rankings += 1;
        if let Some(rank) = rank {
            if rank < 10 {
                self.gain_at_10 += 1.0 / (rank as f64 + 2.0).log2();
            }
            self.found_at_20 += u64::from(rank < 20);
        }
    }

    /// How many rankings there were.
    pub fn rankings(&self) -> u64 {
        self.rankings
    }

    /// The normalised discounted cumulative gain of the first ten: 1 when the movie always came
    /// first, 0 when it never was among them (Järvelin and Kekäläinen 2002).
    pub fn ndcg_at_10(&self) -> f64 {
        self.gain_at_10 / self.rankings.max(1) as f64
    }

    /// In how many of the rankings the movie was among the first twenty, 0 to 1.
    pub fn recall_at_20(&self) -> f64 {
        self.found_at_20 as f64 / self.rankings.max(1) as f64
    }
}

/// A taste without its latest opinion, and that one; nothing when fewer than `least` others are
/// left.
pub fn leave_last_out(taste: &Taste, least: usize) -> Option<(Taste, Opinion)> {
    let (last, others) = taste.opinions().split_first()?;
    (others.len() >= least).then(|| (Taste::new(others.to_vec()), *last))
}

/// At which place of `movies` in a random order the movie `wanted` comes, from 0; the same for the
/// same `seed`. Nothing when it isn't there.
pub fn shuffled_rank(
    movies: impl Iterator<Item = MovieId>,
    wanted: MovieId,
    seed: u64,
) -> Option<usize> {
    let key = |movie| seeded_key(movie, seed);
    let (mut is_there, mut before) = (false, 0);
    for movie in movies {
        is_there |= movie == wanted;
        before += usize::from(key(movie) < key(wanted));
    }
    is_there.then_some(before)
}

/// What puts movies in a random order, the same for the same `seed`, when they are sorted by it.
pub fn seeded_key(movie: MovieId, seed: u64) -> u64 {
    scrambled(seed ^ scrambled(movie.get().unsigned_abs()))
}

/// A number that looks random and is always the same for the same number (SplitMix64, Steele et
/// al. 2014).
pub(super) fn scrambled(raw: u64) -> u64 {
    let raw = raw.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let raw = (raw ^ (raw >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let raw = (raw ^ (raw >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    raw ^ (raw >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Score;

    fn quality(ranks: &[Option<usize>]) -> RankingQuality {
        let mut quality = RankingQuality::default();
        ranks.iter().for_each(|rank| quality.count(*rank));
        quality
    }

    fn ids(count: i64) -> impl Iterator<Item = MovieId> + Clone {
        (1..=count).map(|raw| MovieId::parse(raw).unwrap())
    }

    #[test]
    fn the_first_place_is_perfect_and_none_is_nothing() {
        let perfect = quality(&[Some(0), Some(0)]);
        assert_eq!((perfect.ndcg_at_10(), perfect.recall_at_20()), (1.0, 1.0));
        let nothing = quality(&[None, Some(20)]);
        assert_eq!((nothing.ndcg_at_10(), nothing.recall_at_20()), (0.0, 0.0));
        assert_eq!(quality(&[]).ndcg_at_10(), 0.0);
    }

    #[test]
    fn later_places_are_worth_less_and_nothing_behind_the_tenth() {
        assert_eq!(quality(&[Some(2)]).ndcg_at_10(), 0.5);
        assert!(quality(&[Some(9)]).ndcg_at_10() > 0.28);
        let behind = quality(&[Some(10), Some(19)]);
        assert_eq!((behind.ndcg_at_10(), behind.recall_at_20()), (0.0, 1.0));
    }

    #[test]
    fn the_latest_opinion_is_left_out() {
        let opinion = |movie| Opinion { movie, score: Score::parse(7).unwrap() };
        let all: Vec<_> = ids(3).map(opinion).collect();
        let (rest, last) = leave_last_out(&Taste::new(all.clone()), 2).unwrap();
        assert_eq!((last, rest.opinions()), (all[0], &all[1..]));
        assert_eq!(leave_last_out(&Taste::new(all), 3), None);
        assert_eq!(leave_last_out(&Taste::default(), 0), None);
    }

    #[test]
    fn every_place_is_as_likely_and_the_seed_decides() {
        let wanted = ids(1).next().unwrap();
        let ranks: Vec<_> =
            (0..1_000).map(|seed| shuffled_rank(ids(100), wanted, seed).unwrap()).collect();
        let mean = ranks.iter().sum::<usize>() as f64 / 1_000.0;
        assert!((mean - 49.5).abs() < 3.0, "{mean}");
        assert_eq!(shuffled_rank(ids(100), wanted, 7), Some(ranks[7]));
        assert_eq!(shuffled_rank(ids(100).skip(1), wanted, 7), None);
    }
}
