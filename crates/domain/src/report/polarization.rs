use crate::Histogram;

const SCORES: usize = 10;

/// How divided opinions are, 0 to 1: 0 when all agree, ½ when every score was given equally often,
/// 1 when half love it and half hate it. Nothing without ratings.
///
/// It is `(1 − A) / 2`, with the agreement `A` of Cees van der Eijk, "Measuring Agreement in Ordered
/// Rating Scales", Quality & Quantity 35 (2001). Unlike the standard deviation it sees the order and
/// the shape of opinions and not distances, and unlike it a few outliers don't move it much.
pub fn polarization(histogram: &Histogram) -> Option<f64> {
    let total = histogram.count();
    (total > 0).then(|| ((1.0 - agreement(histogram.buckets(), total)) / 2.0).clamp(0.0, 1.0))
}

/// Takes the distribution apart into layers in which every score that occurs does so equally often;
/// the agreement is the mean of theirs, weighted by how many ratings they hold.
fn agreement(mut counts: [u64; SCORES], total: u64) -> f64 {
    let mut agreement = 0.0;
    while let Some(height) = counts.iter().copied().filter(|count| *count > 0).min() {
        let pattern = counts.map(|count| count > 0);
        let held = height * pattern.iter().filter(|occurs| **occurs).count() as u64;
        agreement += agreement_of_layer(&pattern) * held as f64 / total as f64;
        for count in &mut counts {
            *count = count.saturating_sub(height);
        }
    }
    agreement
}

/// From −1 (both ends and nothing between) over 0 (every score) to 1 (a single score).
fn agreement_of_layer(pattern: &[bool; SCORES]) -> f64 {
    let occurring = pattern.iter().filter(|occurs| **occurs).count();
    let breadth = 1.0 - (occurring as f64 - 1.0) / (SCORES as f64 - 1.0);
    unimodality(pattern) * breadth
}

/// Compares the triples of scores that speak for one peak with those that speak for several.
fn unimodality(pattern: &[bool; SCORES]) -> f64 {
    let (mut one_peak, mut several) = (0.0, 0.0);
    for (low, middle, high) in triples() {
        match (pattern[low], pattern[middle], pattern[high]) {
            (true, true, false) | (false, true, true) => one_peak += 1.0,
            (true, false, true) => several += 1.0,
            _ => {}
        }
    }
    if one_peak + several == 0.0 {
        return 1.0;
    }
    let scores = SCORES as f64;
    ((scores - 2.0) * one_peak - (scores - 1.0) * several) / ((scores - 2.0) * (one_peak + several))
}

fn triples() -> impl Iterator<Item = (usize, usize, usize)> {
    (0..SCORES).flat_map(|low| {
        (low + 1..SCORES)
            .flat_map(move |middle| (middle + 1..SCORES).map(move |high| (low, middle, high)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(buckets: [u64; 10]) -> f64 {
        polarization(&Histogram::new(buckets)).unwrap()
    }

    fn rated() -> impl Strategy<Value = [u64; 10]> {
        prop::array::uniform10(0u64..500)
            .prop_filter("somebody rated", |b| b.iter().any(|n| *n > 0))
    }

    proptest! {
        #[test]
        fn lies_between_0_and_1(buckets in rated()) {
            prop_assert!((0.0..=1.0).contains(&of(buckets)));
        }

        #[test]
        fn praise_and_blame_are_alike(buckets in rated()) {
            let mut mirrored = buckets;
            mirrored.reverse();
            prop_assert!((of(buckets) - of(mirrored)).abs() < 1e-12);
        }

        #[test]
        fn depends_on_shares_and_not_on_numbers(buckets in rated(), times in 2u64..50) {
            prop_assert!((of(buckets) - of(buckets.map(|n| n * times))).abs() < 1e-12);
        }

        #[test]
        fn one_score_is_full_agreement(score in 0usize..10, count in 1u64..1_000) {
            let mut buckets = [0; 10];
            buckets[score] = count;
            prop_assert!(of(buckets) == 0.0);
        }

        #[test]
        fn agreement_in_the_middle_lessens_it(ends in 1u64..100, middle in 1u64..100) {
            let torn = [ends, 0, 0, 0, 0, 0, 0, 0, 0, ends];
            let mut calmer = torn;
            calmer[4] = middle;
            prop_assert!(of(calmer) < of(torn));
        }
    }

    #[test]
    fn has_the_known_values_at_its_landmarks() {
        assert_eq!(of([9, 0, 0, 0, 0, 0, 0, 0, 0, 9]), 1.0);
        assert_eq!(of([3; 10]), 0.5);
        assert!((of([0, 0, 0, 0, 5, 5, 0, 0, 0, 0]) - (1.0 - 8.0 / 9.0) / 2.0).abs() < 1e-12);
        assert_eq!(polarization(&Histogram::default()), None);
    }
}
