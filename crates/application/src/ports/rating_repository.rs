use async_trait::async_trait;
use reelmark_domain::{MovieId, Rating, Review, Score, UserId};
use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::movie_records::optional;
use super::{BroughtOutcome, BroughtRating, CorruptRecord, RepositoryError};

/// A rating as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RatingRecord {
    pub user_id: i64,
    pub movie_id: i64,
    pub score: i16,
    pub review: Option<String>,
    /// Counts the writes, from 1.
    pub version: i64,
    pub created_at: OffsetDateTime,
    pub updated_at: OffsetDateTime,
}

/// A rating to store in place of the one that this user gave this movie before, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutRating {
    pub user_id: i64,
    pub movie_id: i64,
    pub score: i16,
    pub review: Option<String>,
    pub at: OffsetDateTime,
}

/// What came of a [`PutRating`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutOutcome {
    pub rating: RatingRecord,
    /// The score that was replaced; `None` for a first rating.
    pub previous_score: Option<i16>,
}

/// Keeps one rating per user and movie, and tells the outbox what changed.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RatingRepository: Send + Sync {
    /// Stores or replaces a rating, adding 1 to its version. When the score differs from the one
    /// before, the outbox message `rating_changed.v1` with both scores is stored in the same
    /// transaction. `None` when the movie or the user doesn't exist.
    ///
    /// MUST return only after the commit is durable. MUST get the previous score right under
    /// concurrent writes of the same rating: the messages of one rating, in commit order, form a
    /// chain in which each old score is the new score before.
    async fn put(&self, rating: PutRating) -> Result<Option<PutOutcome>, RepositoryError>;

    /// Stores ratings that a user brings along, each as [`BroughtRating::merge`] says, in one
    /// transaction, and says in the same order what came of each; `None` where the movie or the
    /// user doesn't exist. Several of one movie are merged one after the other.
    ///
    /// MUST store `rating_changed.v2` for each movie whose score differs in the end, created at
    /// `at`, with the time at which the rating was given first, and keep the promises of
    /// [`Self::put`].
    async fn put_all(
        &self,
        user_id: i64,
        ratings: Vec<BroughtRating>,
        at: OffsetDateTime,
    ) -> Result<Vec<Option<BroughtOutcome>>, RepositoryError>;

    /// Removes a rating and stores `rating_changed.v2` with no new score, and with the time at which
    /// it was given first, in the same transaction. Returns whether there was one.
    async fn remove(
        &self,
        user_id: i64,
        movie_id: i64,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError>;
}

impl TryFrom<RatingRecord> for Rating {
    type Error = CorruptRecord;

    fn try_from(record: RatingRecord) -> Result<Self, CorruptRecord> {
        let row = record.movie_id;
        let corrupt =
            |column| move |source| CorruptRecord { table: "ratings", column, row, source };
        let user_id = UserId::parse(record.user_id).map_err(corrupt("user_id"))?;
        let movie_id = MovieId::parse(record.movie_id).map_err(corrupt("movie_id"))?;
        let score = Score::parse(record.score.into()).map_err(corrupt("score"))?;
        let review =
            optional(record.review.as_deref(), Review::parse).map_err(corrupt("review"))?;
        let (created_at, updated_at) = (record.created_at, record.updated_at);
        Ok(Rating::new((user_id, movie_id), score, review, record.version, created_at, updated_at))
    }
}
