use super::Histogram;

/// The standard normal quantile that leaves 5 % on either side.
const Z_90: f64 = 1.644_853_626_951_472_7;

/// Where a movie's mean would lie, with 90 % credibility, if everybody rated it: `[low, high]`
/// within 1 to 10. Few ratings give a wide interval; the interval of no ratings is the prior's.
///
/// The Bayesian approximation for star ratings with one pseudo-rating per score: Evan Miller,
/// "Ranking Items With Star Ratings" (2014).
pub fn interval_90(histogram: &Histogram) -> [f64; 2] {
    let buckets = histogram.buckets();
    let total = histogram.count() as f64 + buckets.len() as f64;
    let share = |count: u64| (count as f64 + 1.0) / total;
    let moment = |power: i32| -> f64 {
        (1..=10).zip(buckets).map(|(score, n)| f64::from(score).powi(power) * share(n)).sum()
    };
    let mean = moment(1);
    let spread = Z_90 * ((moment(2) - mean * mean) / (total + 1.0)).max(0.0).sqrt();
    [(mean - spread).max(1.0), (mean + spread).min(10.0)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn stays_on_the_scale_and_in_order(buckets in prop::array::uniform10(0u64..100_000)) {
            let [low, high] = interval_90(&Histogram::new(buckets));
            prop_assert!(1.0 <= low && low <= high && high <= 10.0);
        }
    }

    #[test]
    fn narrows_as_ratings_come_in() {
        let width = |n: u64| {
            let [low, high] = interval_90(&Histogram::new([0, 0, 0, 0, 0, n, n, n, 0, 0]));
            high - low
        };
        assert!(width(1) > width(10) && width(10) > width(1000));
    }

    #[test]
    fn holds_the_mean_of_many_ratings() {
        let [low, high] = interval_90(&Histogram::new([0, 0, 0, 0, 0, 0, 5000, 5000, 0, 0]));
        assert!(low < 7.5 && 7.5 < high && high - low < 0.1);
    }
}
