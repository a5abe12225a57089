//! How much each user rates.

use rand::RngExt;

use super::random::{Purpose, Random, normal, stream};
use super::shape::{ACTIVITY, LEAST_ACTIVE, Shape};

/// How many movies each user rates, in no order. They add up to all ratings, unless there are too
/// few movies for that.
pub fn of(shape: &Shape, seed: u64) -> Vec<u32> {
    let mut random = stream(seed, Purpose::Activity, 0);
    let most = shape.most_active();
    let drawn: Vec<f64> = (0..shape.users).map(|_| draw(&mut random, most)).collect();
    let scale = shape.ratings as f64 / drawn.iter().sum::<f64>();
    let mut counts: Vec<u32> = drawn
        .iter()
        .map(|count| ((count * scale).round() as u32).clamp(LEAST_ACTIVE, most))
        .collect();
    settle(&mut counts, shape.ratings, most, &mut random);
    counts
}

/// A logarithmic normal distribution that is cut at both ends.
fn draw(random: &mut Random, most: u32) -> f64 {
    let (mean, deviation) = ACTIVITY;
    let cut = f64::from(LEAST_ACTIVE)..=f64::from(most);
    loop {
        let count = (mean + deviation * normal(random)).exp();
        if cut.contains(&count) || cut.is_empty() || cut.start() == cut.end() {
            return count;
        }
    }
}

/// Adds to or takes from users at random what rounding and cutting have changed.
fn settle(counts: &mut [u32], ratings: u64, most: u32, random: &mut Random) {
    let mut missing = ratings as i64 - counts.iter().map(|count| i64::from(*count)).sum::<i64>();
    let mut refused = 0;
    while missing != 0 && refused < 100 * counts.len() {
        let user = random.random_range(0..counts.len());
        let step = missing.signum();
        let changed = i64::from(counts[user]) + step;
        let is_allowed = (1..=i64::from(most)).contains(&changed)
            && (step > 0 || changed >= i64::from(LEAST_ACTIVE));
        if is_allowed {
            counts[user] = changed as u32;
            missing -= step;
        } else {
            refused += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_to_all_ratings_and_keeps_its_quantiles() {
        let shape = Shape::of(1_000_000);
        let mut counts = of(&shape, 1);
        counts.sort_unstable();

        assert_eq!(counts.iter().map(|count| u64::from(*count)).sum::<u64>(), 1_000_000);
        assert!(counts[0] >= LEAST_ACTIVE);
        assert!(counts[counts.len() - 1] <= shape.most_active());
        let quantile = |part: f64| f64::from(counts[(counts.len() as f64 * part) as usize]);
        // Of the cut distribution: the median 72, a tenth below 25 and a tenth above 380.
        for (part, expected) in [(0.1, 25.0), (0.5, 72.0), (0.9, 380.0)] {
            assert!((quantile(part) / expected - 1.0).abs() < 0.15, "{part}: {}", quantile(part));
        }
    }

    #[test]
    fn the_smallest_set_adds_up_too() {
        let shape = Shape::of(Shape::MIN_RATINGS);
        let sum: u64 = of(&shape, 1).iter().map(|count| u64::from(*count)).sum();
        assert_eq!(sum, Shape::MIN_RATINGS);
    }
}
