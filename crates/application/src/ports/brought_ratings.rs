use reelmark_domain::RowOutcome;
use time::OffsetDateTime;

use super::NEWER_HERE;

/// One of many ratings that somebody brings along, to be stored unless what is here is newer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtRating {
    pub movie_id: i64,
    pub score: i16,
    /// Nothing leaves the review there is.
    pub review: Option<String>,
    /// When it was given, as far as is known.
    pub rated_at: Option<OffsetDateTime>,
}

/// What of a rating an import replaces and puts back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRating {
    pub score: i16,
    pub review: Option<String>,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
}

/// What came of a [`BroughtRating`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BroughtOutcome {
    /// It is the first one of this movie.
    Created,
    /// It took the place of another one.
    Updated,
    /// The rating here says the same.
    Unchanged,
    /// The rating here is newer, or nobody knows how old the other one is.
    NewerHere,
}

/// What there is to do about a rating that was brought along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Store this.
    Write(HeldRating, BroughtOutcome),
    /// Store nothing.
    Keep(BroughtOutcome),
}

/// A rating that an import has stored, and what it took the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenRating {
    pub movie_id: i64,
    pub score: i16,
    pub review: Option<String>,
    pub updated_at: OffsetDateTime,
    /// Nothing for a first rating.
    pub previous: Option<HeldRating>,
}

impl WrittenRating {
    /// Whether what is `here` still is what was written: nobody wrote or removed it since.
    pub fn is_untouched(&self, here: Option<&HeldRating>) -> bool {
        here.is_some_and(|here| {
            let same = here.score == self.score && here.review == self.review;
            same && here.updated_at == self.updated_at
        })
    }
}

impl BroughtOutcome {
    /// The outcome of a row of a file with such a rating, and what there is to say about it.
    pub fn of_row(self) -> (RowOutcome, Option<&'static str>) {
        match self {
            Self::Created | Self::Updated => (RowOutcome::Imported, None),
            Self::Unchanged => (RowOutcome::Unchanged, None),
            Self::NewerHere => (RowOutcome::Unchanged, Some(NEWER_HERE)),
        }
    }
}

impl BroughtRating {
    /// Decides between this rating and the one that is `here`, if any. What was said last counts;
    /// ratings of the same time give way to the file, which mostly knows days alone. A review is
    /// never taken away, and one that comes with the score that is here already is added. When the
    /// rating was given first stays as it is, because a movie's trend counts by that.
    pub fn merge(&self, here: Option<&HeldRating>, now: OffsetDateTime) -> Merge {
        let Some(here) = here else {
            let at = self.rated_at.unwrap_or(now);
            let (score, review) = (self.score, self.review.clone());
            let first = HeldRating { score, review, created_at: at, updated_at: at };
            return Merge::Write(first, BroughtOutcome::Created);
        };
        let adds_review = here.review.is_none() && self.review.is_some();
        let says_more = adds_review || (self.review.is_some() && self.review != here.review);
        let is_newer = self.rated_at.is_some_and(|at| at >= here.updated_at);
        match (self.score == here.score, says_more) {
            (true, false) => Merge::Keep(BroughtOutcome::Unchanged),
            (true, true) if is_newer || adds_review => self.replace(here),
            (false, _) if is_newer => self.replace(here),
            _ => Merge::Keep(BroughtOutcome::NewerHere),
        }
    }

    fn replace(&self, here: &HeldRating) -> Merge {
        let at = self.rated_at.unwrap_or(here.updated_at);
        let next = HeldRating {
            score: self.score,
            review: self.review.clone().or_else(|| here.review.clone()),
            created_at: here.created_at,
            updated_at: here.updated_at.max(at),
        };
        Merge::Write(next, BroughtOutcome::Updated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    const THEN: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn day(n: i64) -> OffsetDateTime {
        THEN + Duration::days(n)
    }

    fn here(score: i16, review: Option<&str>) -> HeldRating {
        let review = review.map(str::to_owned);
        HeldRating { score, review, created_at: day(3), updated_at: day(5) }
    }

    fn brought(score: i16, review: Option<&str>, at: Option<i64>) -> BroughtRating {
        let review = review.map(str::to_owned);
        BroughtRating { movie_id: 42, score, review, rated_at: at.map(day) }
    }

    fn written(merge: Merge) -> HeldRating {
        match merge {
            Merge::Write(written, _) => written,
            Merge::Keep(outcome) => panic!("nothing was written: {outcome:?}"),
        }
    }

    #[test]
    fn a_first_rating_keeps_its_time_and_one_without_a_time_is_of_now() {
        let merge = |at| brought(8, None, at).merge(None, day(9));
        let first =
            |at| HeldRating { score: 8, review: None, created_at: day(at), updated_at: day(at) };
        assert_eq!(merge(Some(1)), Merge::Write(first(1), BroughtOutcome::Created));
        assert_eq!(merge(None), Merge::Write(first(9), BroughtOutcome::Created));
    }

    #[test]
    fn what_was_said_last_counts() {
        let here = here(8, None);
        let merge = |at| brought(6, None, at).merge(Some(&here), day(9));
        for older in [None, Some(1), Some(4)] {
            assert_eq!(merge(older), Merge::Keep(BroughtOutcome::NewerHere));
        }
        for newer in [5, 7] {
            let written = written(merge(Some(newer)));
            assert_eq!((written.score, written.created_at), (6, day(3)));
            assert_eq!(written.updated_at, day(newer));
        }
    }

    #[test]
    fn the_same_score_changes_nothing_however_new_it_is() {
        for review in [None, Some("Wet.")] {
            for at in [None, Some(1), Some(7)] {
                let merge = brought(8, None, at).merge(Some(&here(8, review)), day(9));
                assert_eq!(merge, Merge::Keep(BroughtOutcome::Unchanged));
            }
        }
    }

    #[test]
    fn a_review_is_added_to_the_same_score_and_never_taken_away() {
        let added = written(brought(8, Some("Wet."), Some(1)).merge(Some(&here(8, None)), day(9)));
        assert_eq!((added.review.as_deref(), added.updated_at), (Some("Wet."), day(5)));
        assert_eq!(added.created_at, day(3));
        let kept = written(brought(6, None, Some(7)).merge(Some(&here(8, Some("Wet."))), day(9)));
        assert_eq!((kept.score, kept.review.as_deref()), (6, Some("Wet.")));
    }

    #[test]
    fn of_two_reviews_the_newer_one_counts() {
        let here = here(8, Some("Wet."));
        let merge = |at| brought(8, Some("Dry."), at).merge(Some(&here), day(9));
        assert_eq!(merge(Some(4)), Merge::Keep(BroughtOutcome::NewerHere));
        assert_eq!(written(merge(Some(7))).review.as_deref(), Some("Dry."));
    }
}
