use super::Score;
use crate::ValueError;

impl Score {
    /// Reads stars with halves, 0.5 to 5, as "3.5" or "4": twice as many are a score.
    ///
    /// ```
    /// use reelmark_domain::Score;
    /// assert_eq!(Score::from_stars("3.5")?.get(), 7);
    /// # Ok::<(), reelmark_domain::ValueError>(())
    /// ```
    ///
    /// # Errors
    /// [`ValueError::Blank`], and [`ValueError::Malformed`] for anything else.
    pub fn from_stars(raw: &str) -> Result<Self, ValueError> {
        let halves = written(raw)?;
        let refused = ValueError::Malformed { expected: "stars from 0.5 to 5 in steps of 0.5" };
        halves.and_then(|halves| Self::parse(halves).ok()).ok_or(refused)
    }

    /// Reads a score from 1 to 10, as "8" or "8.0".
    ///
    /// # Errors
    /// [`ValueError::Blank`], [`ValueError::OutOfRange`] for other whole numbers, and
    /// [`ValueError::Malformed`] for anything else.
    pub fn from_points(raw: &str) -> Result<Self, ValueError> {
        match written(raw)? {
            Some(halves) if halves % 2 == 0 => Self::parse(halves / 2),
            _ => Err(ValueError::Malformed { expected: "a whole number from 1 to 10" }),
        }
    }
}

/// Twice the number written, when it has halves at most and fits.
fn written(raw: &str) -> Result<Option<i64>, ValueError> {
    let raw = raw.trim();
    if raw.is_empty() {
        return Err(ValueError::Blank);
    }
    Ok(halves(raw))
}

fn halves(raw: &str) -> Option<i64> {
    let (whole, fraction) = raw.split_once('.').unwrap_or((raw, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_number(fraction) || !is_number(whole.strip_prefix('-').unwrap_or(whole)) {
        return None;
    }
    let half = match fraction.trim_end_matches('0') {
        "" => 0,
        "5" => 1,
        _ => return None,
    };
    whole.parse::<i64>().ok()?.checked_mul(2)?.checked_add(half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn half_stars_times_two_are_scores(score in 1u8..=10, zeros in 0usize..3) {
            let stars = format!("{}.{}{}", score / 2, score % 2 * 5, "0".repeat(zeros));
            prop_assert_eq!(Score::from_stars(&stars).map(Score::get), Ok(score));
            prop_assert_eq!(Score::from_points(&format!("{score}.0")).map(Score::get), Ok(score));
            prop_assert_eq!(Score::from_points(&format!(" {score} ")).map(Score::get), Ok(score));
        }

        #[test]
        fn no_other_number_is_a_score(raw in -1000i64..1000) {
            prop_assert_eq!(Score::from_points(&raw.to_string()), Score::parse(raw));
            prop_assert_eq!(Score::from_stars(&raw.to_string()).is_ok(), (1..=5).contains(&raw));
        }

        #[test]
        fn never_panics(raw in "[-0-9.]{0,30}|\\PC{0,10}") {
            let _ = (Score::from_stars(&raw), Score::from_points(&raw));
        }
    }

    #[test]
    fn refuses_what_is_no_half_star() {
        for raw in ["0", "0.0", "5.5", "3.7", "3,5", ".5", "5.", "-1", "NaN", "1e0", "★★"] {
            assert!(Score::from_stars(raw).is_err(), "{raw}");
        }
        assert_eq!(Score::from_stars(" "), Err(ValueError::Blank));
    }
}
