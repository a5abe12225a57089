use time::OffsetDateTime;

use super::{Review, Score};
use crate::{MovieId, UserId};

/// One person's rating of one movie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rating {
    user_id: UserId,
    movie_id: MovieId,
    score: Score,
    review: Option<Review>,
    version: i64,
    created_at: OffsetDateTime,
    updated_at: OffsetDateTime,
}

impl Rating {
    /// Puts together a rating from checked parts. `version` counts its writes, from 1.
    pub fn new(
        (user_id, movie_id): (UserId, MovieId),
        score: Score,
        review: Option<Review>,
        version: i64,
        created_at: OffsetDateTime,
        updated_at: OffsetDateTime,
    ) -> Self {
        Self { user_id, movie_id, score, review, version, created_at, updated_at }
    }

    /// Who rated.
    pub fn user_id(&self) -> UserId {
        self.user_id
    }

    /// What was rated.
    pub fn movie_id(&self) -> MovieId {
        self.movie_id
    }

    /// The score.
    pub fn score(&self) -> Score {
        self.score
    }

    /// The review, when one was written.
    pub fn review(&self) -> Option<&Review> {
        self.review.as_ref()
    }

    /// How often it was written: 1 for a rating never changed.
    pub fn version(&self) -> i64 {
        self.version
    }

    /// When the movie was first rated.
    pub fn created_at(&self) -> OffsetDateTime {
        self.created_at
    }

    /// When score or review last changed.
    pub fn updated_at(&self) -> OffsetDateTime {
        self.updated_at
    }
}
