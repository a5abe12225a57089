//! Who rated what, when and how, one user after another.

use rand::RngExt;

use super::alias::Weighted;
use super::random::{Purpose, Random, normal, stream};
use super::scores::Scores;

/// The years in which MovieLens collected ratings, in seconds since 1970.
const FIRST_DAY: u32 = 789_652_009;
const LAST_DAY: u32 = 1_697_164_147;
/// How many seconds pass between two ratings of one visit, usually.
const BETWEEN_RATINGS: f64 = 12.0;
/// One rating in so many begins another visit, weeks later.
const RATINGS_PER_VISIT: f64 = 60.0;
const BETWEEN_VISITS: f64 = 40.0 * 86_400.0;

/// One rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rating {
    /// Users are numbered from 1.
    pub user: u32,
    /// Movies are numbered from 1, in no order of popularity.
    pub movie: u32,
    /// 1 to 10, or half as many stars.
    pub score: u8,
    /// Seconds since 1970.
    pub at: u32,
}

/// What ratings are drawn from. It takes some 30 bytes per movie and 4 per user, however many ratings
/// there are.
pub struct Source {
    pub seed: u64,
    pub activity: Vec<u32>,
    pub movie_at_rank: Vec<u32>,
    pub attraction: Weighted,
    pub scores: Scores,
}

/// All ratings, ordered by user and then by movie, no movie twice for one user.
pub struct Ratings<'a> {
    source: &'a Source,
    user: usize,
    of_user: Vec<Rating>,
    given: usize,
    /// The last user who drew each rank, numbered from 1.
    drawn_by: Vec<u32>,
}

impl<'a> Ratings<'a> {
    pub fn new(source: &'a Source) -> Self {
        let drawn_by = vec![0; source.movie_at_rank.len()];
        Self { source, user: 0, of_user: Vec::new(), given: 0, drawn_by }
    }

    fn next_user(&mut self) -> Option<()> {
        let count = *self.source.activity.get(self.user)?;
        self.user += 1;
        let mut random = stream(self.source.seed, Purpose::Ratings, self.user as u64);
        let mut at = f64::from(random.random_range(FIRST_DAY..LAST_DAY));
        let of_user = Scores::of_user(&mut random);
        self.of_user.clear();
        self.given = 0;
        while self.of_user.len() < count as usize {
            let rank = self.draw_another(&mut random);
            let score = self.source.scores.draw(rank, of_user, &mut random);
            let movie = self.source.movie_at_rank[rank as usize];
            at = (at + pause(&mut random)).min(f64::from(LAST_DAY));
            self.of_user.push(Rating { user: self.user as u32, movie, score, at: at as u32 });
        }
        self.of_user.sort_unstable_by_key(|rating| rating.movie);
        Some(())
    }

    /// A rank that the current user has not drawn before.
    fn draw_another(&mut self, random: &mut Random) -> u32 {
        loop {
            let rank = self.source.attraction.draw(random);
            let last = &mut self.drawn_by[rank as usize];
            if *last != self.user as u32 {
                *last = self.user as u32;
                return rank;
            }
        }
    }
}

fn pause(random: &mut Random) -> f64 {
    let usual = if random.random::<f64>() * RATINGS_PER_VISIT < 1.0 {
        BETWEEN_VISITS
    } else {
        BETWEEN_RATINGS
    };
    usual * normal(random).exp()
}

impl Iterator for Ratings<'_> {
    type Item = Rating;

    fn next(&mut self) -> Option<Rating> {
        while self.given == self.of_user.len() {
            self.next_user()?;
        }
        let rating = self.of_user[self.given];
        self.given += 1;
        Some(rating)
    }
}
