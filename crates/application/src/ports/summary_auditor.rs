use async_trait::async_trait;
use time::OffsetDateTime;

use super::{RepositoryError, SummaryDelta};

/// A summary that differs from what its movie's ratings add up to. The numbers of ratings with each
/// score, 1 to 10 in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SummaryDrift {
    pub movie_id: i64,
    /// What the summary says.
    pub stored: [i64; 10],
    /// What the ratings say.
    pub counted: [i64; 10],
}

/// What became of comparing some summaries with the ratings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ComparedSummaries {
    /// How many movies were looked at.
    pub compared: usize,
    /// The greatest id among them; `None` when no movie was left.
    pub last: Option<i64>,
    /// Those that differ, in ascending order of movie id.
    pub drifts: Vec<SummaryDrift>,
}

/// The catalogue's totals beside what the summaries add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ComparedTotals {
    /// Count and sum of scores that the totals say.
    pub stored: (i64, i64),
    /// Those that the summaries add up to.
    pub counted: (i64, i64),
}

/// Compares the summaries with the ratings they follow, and mends them.
///
/// A change whose message is still on its way makes a summary differ for a moment. What differs is
/// wrong only when it still does, in the same way, once the queue is drained.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SummaryAuditor: Send + Sync {
    /// Recounts the ratings of up to `limit` movies whose ids are greater than `after`, in ascending
    /// order, and compares. Each movie's ratings and summary MUST be read at one point in time.
    async fn compare(&self, after: i64, limit: usize)
    -> Result<ComparedSummaries, RepositoryError>;

    /// Compares the totals with the summaries, at one point in time.
    async fn compare_totals(&self) -> Result<ComparedTotals, RepositoryError>;

    /// Makes a summary say what the ratings say, as a new version, and adds the difference to the
    /// catalogue's totals, in one transaction with a message `movie_changed.v1`, which makes every
    /// cache forget the movie. `false`, and nothing changed, unless summary and ratings still are
    /// as `drift` says.
    async fn repair(
        &self,
        drift: SummaryDrift,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError>;

    /// Makes the totals say what the summaries add up to.
    async fn repair_totals(&self) -> Result<(), RepositoryError>;
}

impl From<SummaryDrift> for SummaryDelta {
    /// What has to be added to the summary. Its trend stays as it is.
    fn from(drift: SummaryDrift) -> Self {
        let mut buckets = drift.counted;
        for (bucket, stored) in buckets.iter_mut().zip(drift.stored) {
            *bucket -= stored;
        }
        Self { movie_id: drift.movie_id, buckets, trend: 0.0 }
    }
}
