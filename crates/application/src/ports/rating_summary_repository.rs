use async_trait::async_trait;
use time::OffsetDateTime;

use super::RepositoryError;

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
    /// MUST return `Corrupt` and change nothing when a count would become negative.
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
