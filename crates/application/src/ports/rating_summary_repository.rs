use std::collections::BTreeMap;

use async_trait::async_trait;
use reelmark_domain::{Score, ScoreChange};
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
}

/// What a set of changes adds up to for one movie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SummaryDelta {
    pub movie_id: i64,
    /// How the number of ratings with each score changes, 1 to 10 in order.
    pub buckets: [i64; 10],
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
    let mut deltas = BTreeMap::<i64, [i64; 10]>::new();
    for change in changes {
        let counted = score_change(change)?.bucket_deltas();
        let buckets = deltas.entry(change.movie_id).or_default();
        for (sum, delta) in buckets.iter_mut().zip(counted) {
            *sum += delta;
        }
    }
    let deltas = deltas.into_iter();
    Ok(deltas.map(|(movie_id, buckets)| SummaryDelta { movie_id, buckets }).collect())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn change(movie_id: i64, old: Option<i16>, new: Option<i16>) -> ScoreChangeRecord {
        ScoreChangeRecord { message_id: 1, movie_id, old, new }
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
            assert_eq!(*delta, SummaryDelta { movie_id, buckets });
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
    fn refuses_a_score_off_the_scale() {
        assert!(summary_deltas(&[change(3, None, Some(11))]).is_err());
    }
}
