//! The shape of MovieLens 32M, and what it becomes with fewer ratings.

/// How many ratings, users and movies MovieLens 32M has.
pub const FULL_RATINGS: u64 = 32_000_204;
const FULL_USERS: u64 = 200_948;
const FULL_MOVIES: u32 = 87_585;

/// How many ratings the movie at a rank of popularity has.
const KNOTS: [(u32, u32); 20] = [
    (1, 102_929),
    (2, 100_296),
    (3, 98_409),
    (5, 84_500),
    (10, 72_000),
    (20, 58_000),
    (50, 42_500),
    (100, 33_300),
    (200, 24_100),
    (500, 13_900),
    (1_000, 8_050),
    (2_000, 3_610),
    (5_000, 858),
    (10_000, 181),
    (20_000, 27),
    (30_000, 10),
    (40_000, 5),
    (50_000, 3),
    (60_000, 2),
    (84_000, 1),
];

/// How many ratings give each score, 1 to 10 half-stars in order.
pub const SCORE_FREQUENCIES: [u32; 10] = [
    525_132, 946_675, 531_063, 2_028_622, 1_685_386, 6_054_990, 4_290_105, 8_367_654, 2_974_000,
    4_596_577,
];

/// The logarithm of how much one user rates has this mean and this standard deviation.
pub const ACTIVITY: (f64, f64) = (3.70, 1.44);
/// Nobody is kept who rated less.
pub const LEAST_ACTIVE: u32 = 20;
const MOST_ACTIVE: u32 = 33_332;

/// How a movie's popularity and the mean of its ratings correlate.
pub const POPULARITY_AND_MEAN: f64 = 0.30;

/// How large a data set is.
///
/// Fewer ratings mean fewer users and fewer ratings per movie, both in proportion, so that the most
/// popular movie is always rated by half of all users. The catalogue ends where less than half a
/// rating would be left for a movie. With 100,000 ratings that leaves 10,507 movies, close to the
/// 9,742 of the small set that MovieLens itself publishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    pub ratings: u64,
    pub users: u32,
    pub movies: u32,
}

impl Shape {
    /// The least number of ratings that has a shape at all.
    pub const MIN_RATINGS: u64 = 1_000;

    /// The shape of a data set with so many ratings.
    pub fn of(ratings: u64) -> Self {
        let scale = ratings as f64 / total();
        let users = (FULL_USERS * ratings).div_ceil(FULL_RATINGS);
        let is_rated = |rank: &u32| popularity(*rank) * scale >= 0.5;
        let movies = (1..=FULL_MOVIES).take_while(is_rated).count();
        Self { ratings, users: clamped(users), movies: clamped(movies as u64) }
    }

    /// How many ratings each movie has, the most popular first. They add up to all ratings.
    pub fn expected_counts(&self) -> Vec<f64> {
        let counts: Vec<f64> = (1..=self.movies).map(popularity).collect();
        let scale = self.ratings as f64 / counts.iter().sum::<f64>();
        counts.into_iter().map(|count| count * scale).collect()
    }

    /// The most that one user rates: the same share of the catalogue in all sizes.
    pub fn most_active(&self) -> u32 {
        let share = u64::from(MOST_ACTIVE) * u64::from(self.movies) / u64::from(FULL_MOVIES);
        clamped(share.max(u64::from(LEAST_ACTIVE)))
    }
}

/// How many ratings the movie at a rank has in MovieLens 32M: straight lines between the knots,
/// where both axes are logarithmic.
fn popularity(rank: u32) -> f64 {
    let next = KNOTS.partition_point(|&(knot, _)| knot < rank);
    let (Some(&right), Some(&left)) = (KNOTS.get(next), KNOTS.get(next.saturating_sub(1))) else {
        return 1.0;
    };
    if right.0 == rank {
        return f64::from(right.1);
    }
    let log = |(x, y): (u32, u32)| (f64::from(x).ln(), f64::from(y).ln());
    let ((x0, y0), (x1, y1)) = (log(left), log(right));
    let part = (f64::from(rank).ln() - x0) / (x1 - x0);
    (y0 + part * (y1 - y0)).exp()
}

fn total() -> f64 {
    (1..=FULL_MOVIES).map(popularity).sum()
}

fn clamped(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_through_the_knots() {
        for (rank, count) in KNOTS {
            assert_eq!(popularity(rank), f64::from(count));
        }
        assert!((popularity(7) - 78_500.0).abs() < 1_000.0);
        assert_eq!(popularity(87_585), 1.0);
    }

    #[test]
    fn the_knots_add_up_to_all_ratings_within_two_percent() {
        assert!((total() / FULL_RATINGS as f64 - 1.0).abs() < 0.02);
    }

    #[test]
    fn is_movielens_at_full_size() {
        let full = Shape { ratings: FULL_RATINGS, users: 200_948, movies: 87_585 };
        assert_eq!(Shape::of(FULL_RATINGS), full);
        assert_eq!(full.most_active(), 33_332);
    }

    #[test]
    fn a_smaller_set_has_fewer_users_movies_and_ratings_per_movie() {
        let small = Shape::of(100_000);
        assert_eq!(small, Shape { ratings: 100_000, users: 628, movies: 10_507 });
        let counts = small.expected_counts();
        assert!((counts.iter().sum::<f64>() - 100_000.0).abs() < 1e-3);
        assert!(counts.is_sorted_by(|a, b| a >= b));
        assert!((300.0..340.0).contains(&counts[0]), "half of all users rate the first");
    }
}
