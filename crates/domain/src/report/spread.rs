use crate::Histogram;

/// By how much scores stray from their mean: the standard deviation of the ratings there are (not
/// of a sample), 0 to 4.5; nothing without ratings.
///
/// Everything up to the last division is whole numbers, so that the same ratings give the same
/// number wherever they were counted.
pub fn standard_deviation(histogram: &Histogram) -> Option<f64> {
    let (count, sum) = (i128::from(histogram.count()), i128::from(histogram.sum()));
    let squares: i128 =
        (1..=10).zip(histogram.buckets()).map(|(score, n)| score * score * i128::from(n)).sum();
    let spread = (count * squares - sum * sum) as f64;
    (count > 0).then(|| (spread / (count * count) as f64).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_that_of_the_definition(buckets in prop::array::uniform10(0u64..1_000)) {
            let histogram = Histogram::new(buckets);
            prop_assume!(histogram.count() > 0);
            let mean = histogram.mean().unwrap();
            let squares: f64 = (1..=10)
                .zip(buckets)
                .map(|(score, n)| n as f64 * (f64::from(score) - mean).powi(2))
                .sum();
            let expected = (squares / histogram.count() as f64).sqrt();
            prop_assert!((standard_deviation(&histogram).unwrap() - expected).abs() < 1e-6);
        }

        #[test]
        fn lies_between_none_and_half_the_scale(buckets in prop::array::uniform10(0u64..u32::MAX.into())) {
            let spread = standard_deviation(&Histogram::new(buckets));
            prop_assert!(spread.is_none_or(|spread| (0.0..=4.5).contains(&spread)));
        }
    }

    #[test]
    fn one_opinion_has_none_and_no_opinion_nothing() {
        let same = Histogram::new([0, 0, 0, 7, 0, 0, 0, 0, 0, 0]);
        assert_eq!(standard_deviation(&same), Some(0.0));
        assert_eq!(standard_deviation(&Histogram::default()), None);
        let torn = Histogram::new([3, 0, 0, 0, 0, 0, 0, 0, 0, 3]);
        assert_eq!(standard_deviation(&torn), Some(4.5));
    }
}
