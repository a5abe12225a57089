use time::Date;

/// The greatest number of days in a row, of days in ascending order without repetitions.
pub fn longest_streak(days: impl IntoIterator<Item = Date>) -> usize {
    let (mut longest, mut current, mut last) = (0, 0, None::<Date>);
    for day in days {
        let goes_on = last.is_some_and(|last| last.next_day() == Some(day));
        current = if goes_on { current + 1 } else { 1 };
        longest = longest.max(current);
        last = Some(day);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    proptest! {
        #[test]
        fn every_day_of_a_run_counts(run in 1i32..40, gap in 2i32..9, rest in 0i32..40) {
            let day = |n: i32| Date::from_julian_day(2_460_000 + n).unwrap();
            let days: BTreeSet<_> = (0..run).chain((0..rest).map(|n| run + gap * (n + 1))).map(day).collect();
            prop_assert_eq!(longest_streak(days), run as usize);
        }
    }

    #[test]
    fn no_day_is_no_streak() {
        assert_eq!(longest_streak([]), 0);
    }
}
