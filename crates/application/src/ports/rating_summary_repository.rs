use std::collections::BTreeMap;

use async_trait::async_trait;
use reelmark_domain::{Score, ScoreChange, trend_weight};
use time::OffsetDateTime;

use super::movie_records::optional;
use super::{CorruptRecord, RepositoryError};

/// The least change of the catalogue's mean that makes a weighted score worth recomputing. It moves
/// a score by less than what two decimals show.
pub const RESCORE_THRESHOLD: f64 = 0.005;

/// One change of one rating, with the id of the message that told of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoreChangeRecord {
    pub message_id: i64,
    pub movie_id: i64,
    pub old: Option<i16>,
    pub new: Option<i16>,
    /// When the rating was given first, as far as the message tells; else when it was committed.
    pub given_at: OffsetDateTime,
}

/// What a set of changes adds up to for one movie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SummaryDelta {
    pub movie_id: i64,
    /// How the number of ratings with each score changes, 1 to 10 in order.
    pub buckets: [i64; 10],
    /// How the movie's [trend](trend_weight) changes.
    pub trend: f64,
}

/// Keeps the rating summaries, which follow the ratings through messages.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RatingSummaryRepository: Send + Sync {
    /// Counts `changes` in, each message id once for ever.
    ///
    /// MUST, in one transaction: record the message ids and leave out those recorded before; add
    /// all others to the catalogue's totals; add those of existing movies to their summaries, with
    /// one new version and the catalogue's new mean for each movie touched. Message ids may repeat
    /// inside `changes`.
    ///
    /// MUST bear changes in any order: with several consumers a removal may come before what it
    /// removes. A count is negative until then, and readers MUST see it as zero; once all changes
    /// are counted in, every order has given the same counts.
    ///
    /// MUST return `Corrupt` and change nothing for a score off the scale.
    async fn apply(
        &self,
        changes: Vec<ScoreChangeRecord>,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError>;

    /// Brings up to `limit` summaries of rated movies to the current mean of the catalogue, namely
    /// those computed with one that differs by more than [`RESCORE_THRESHOLD`], each with a new
    /// version. Returns their movies.
    async fn rescore(&self, limit: usize, at: OffsetDateTime) -> Result<Vec<i64>, RepositoryError>;

    /// Forgets up to `limit` ids of messages counted in before `before`, oldest first; returns how
    /// many. A message whose id is forgotten would be counted again.
    ///
    /// MUST keep the ids of messages that are still in the outbox, which come again.
    async fn forget_processed(
        &self,
        before: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError>;
}

impl SummaryDelta {
    /// How the number of ratings changes.
    pub fn count(&self) -> i64 {
        self.buckets.iter().sum()
    }

    /// How the sum of scores changes.
    pub fn sum(&self) -> i64 {
        (1..).zip(self.buckets).map(|(score, n)| score * n).sum()
    }
}

/// Adds changes up per movie, in ascending order of movie id. A movie whose changes cancel out is
/// there too, because it was touched. Each change counts, whatever its message id.
///
/// # Errors
/// [`CorruptRecord`] for a score off the scale.
pub fn summary_deltas(changes: &[ScoreChangeRecord]) -> Result<Vec<SummaryDelta>, CorruptRecord> {
    let mut deltas = BTreeMap::<i64, SummaryDelta>::new();
    for change in changes {
        let counted = score_change(change)?.bucket_deltas();
        let untouched = SummaryDelta { movie_id: change.movie_id, buckets: [0; 10], trend: 0.0 };
        let delta = deltas.entry(change.movie_id).or_insert(untouched);
        for (sum, counted) in delta.buckets.iter_mut().zip(counted) {
            *sum += counted;
        }
        delta.trend += trend_change(change);
    }
    Ok(deltas.into_values().collect())
}

fn score_change(record: &ScoreChangeRecord) -> Result<ScoreChange, CorruptRecord> {
    let score = |raw: Option<i16>| {
        optional(raw.map(i64::from), Score::parse).map_err(|source| CorruptRecord {
            table: "outbox_messages",
            column: "payload",
            row: record.message_id,
            source,
        })
    };
    Ok(ScoreChange::new(score(record.old)?, score(record.new)?))
}

fn trend_change(change: &ScoreChangeRecord) -> f64 {
    match (change.old, change.new) {
        (None, Some(_)) => trend_weight(change.given_at),
        (Some(_), None) => -trend_weight(change.given_at),
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: OffsetDateTime = OffsetDateTime::UNIX_EPOCH;

    fn change(movie_id: i64, old: Option<i16>, new: Option<i16>) -> ScoreChangeRecord {
        ScoreChangeRecord { message_id: 1, movie_id, old, new, given_at: AT }
    }

    #[test]
    fn adds_changes_up_per_movie_in_order_of_id() {
        let changes = [
            change(7, None, Some(10)),
            change(3, Some(4), Some(9)),
            change(7, Some(2), Some(10)),
            change(3, Some(9), None),
        ];

        let deltas = summary_deltas(&changes).unwrap();

        let expected = [(3, [0, 0, 0, -1, 0, 0, 0, 0, 0, 0]), (7, [0, -1, 0, 0, 0, 0, 0, 0, 0, 2])];
        assert_eq!(deltas.len(), 2);
        for (delta, (movie_id, buckets)) in deltas.iter().zip(expected) {
            assert_eq!((delta.movie_id, delta.buckets), (movie_id, buckets));
        }
        assert_eq!((deltas[0].count(), deltas[0].sum()), (-1, -4));
        assert_eq!((deltas[1].count(), deltas[1].sum()), (1, 18));
    }

    #[test]
    fn a_movie_whose_changes_cancel_out_was_touched() {
        let changes = [change(3, None, Some(5)), change(3, Some(5), None)];

        let deltas = summary_deltas(&changes).unwrap();

        assert_eq!(deltas.len(), 1);
        assert_eq!(deltas[0].buckets, [0; 10]);
    }

    #[test]
    fn first_ratings_lift_the_trend_and_removals_lower_it() {
        let trend = |changes: &[_]| summary_deltas(changes).unwrap()[0].trend;
        let weight = trend_weight(AT);
        assert_eq!(trend(&[change(3, None, Some(5)), change(3, None, Some(1))]), 2.0 * weight);
        assert_eq!(trend(&[change(3, Some(5), Some(6))]), 0.0);
        assert_eq!(trend(&[change(3, Some(5), None)]), -weight);
    }

    #[test]
    fn a_removal_takes_away_what_its_rating_has_added() {
        let long_ago = AT - time::Duration::weeks(60);
        let given = |old, new| ScoreChangeRecord { given_at: long_ago, ..change(3, old, new) };
        let changes = [change(3, None, Some(5)), given(None, Some(8)), given(Some(8), None)];
        assert_eq!(summary_deltas(&changes).unwrap()[0].trend, trend_weight(AT));
    }

    #[test]
    fn refuses_a_score_off_the_scale() {
        assert!(summary_deltas(&[change(3, None, Some(11))]).is_err());
    }
}
