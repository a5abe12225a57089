use time::macros::datetime;
use time::{Duration, OffsetDateTime};

/// After this many seconds a rating counts half as much for a movie's trend: a week.
const HALF_LIFE: f64 = 7.0 * 24.0 * 3600.0;

/// The time at which a rating weighs 1.
const LANDMARK: OffsetDateTime = datetime!(2026-01-01 00:00 UTC);

/// How long one rating alone keeps its movie among those that are rated of late.
const WINDOW: Duration = Duration::weeks(12);

/// What a first rating given at this time adds to its movie's trend: 2 to the power of the weeks
/// since the beginning of 2026. A removed rating takes away the same, so that nobody lifts a movie, or
/// sinks it, by rating it again and again.
///
/// The weight of a rating is set by its age at any later time divided by the same number for all, so
/// the order of movies by their sums never has to be recomputed: forward decay, as in Cormode,
/// Shkapenyuk, Srivastava, Xu, "Forward Decay: A Practical Time Decay Model for Streaming Systems"
/// (ICDE 2009), section III. A sum stays finite until about the year 2045, when the landmark has to
/// be moved and all sums divided once.
pub fn trend_weight(at: OffsetDateTime) -> f64 {
    ((at - LANDMARK).as_seconds_f64() / HALF_LIFE).exp2()
}

/// The least trend of a movie that is rated of late: what one rating given twelve weeks ago adds.
pub fn least_trend(now: OffsetDateTime) -> f64 {
    trend_weight(now.saturating_sub(WINDOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_weighs_twice_as_much_as_one_a_week_older() {
        let now = datetime!(2026-11-22 12:00 UTC);
        let ratio = trend_weight(now) / trend_weight(now - Duration::WEEK);
        assert!((ratio - 2.0).abs() < 1e-9);
        assert_eq!(trend_weight(LANDMARK), 1.0);
    }

    #[test]
    fn one_rating_keeps_a_movie_among_the_trending_for_twelve_weeks() {
        let now = datetime!(2026-11-22 12:00 UTC);
        assert!(trend_weight(now - Duration::weeks(11)) > least_trend(now));
        assert!(trend_weight(now - Duration::weeks(13)) < least_trend(now));
    }

    #[test]
    fn a_million_ratings_a_day_stay_finite_until_2045() {
        let sum = trend_weight(datetime!(2045-01-01 00:00 UTC)) * 365_000_000.0;
        assert!(sum.is_finite());
    }
}
