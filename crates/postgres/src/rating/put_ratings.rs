use std::collections::HashMap;

use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{PutOutcome, PutRating};

use super::put_rating::{self, outcome};
use super::row::rating_columns;
use crate::error::Result;
use crate::group_commit::Commit;
use crate::store::PostgresStore;

/// [`put_rating`] for many ratings, none of the same user and movie as another. They are stored in
/// the order of their keys, so that two batches wait for one another instead of deadlocking.
/// Subqueries look each user and movie up by its key; for a join the planner might read all there
/// are.
const PUT: &str = concat!(
    "
    WITH rating AS (
        INSERT INTO ratings (user_id, movie_id, score, review, created_at, updated_at)
        SELECT asked.user_id, asked.movie_id, score, review, at, at
        FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::timestamptz[])
            AS asked (user_id, movie_id, score, review, at)
        WHERE (SELECT true FROM users WHERE id = asked.user_id)
            AND (SELECT true FROM movies WHERE id = asked.movie_id)
        ORDER BY asked.user_id, asked.movie_id
        ON CONFLICT (user_id, movie_id) DO UPDATE SET
            previous_score = ratings.score,
            score = excluded.score,
            review = excluded.review,
            version = ratings.version + 1,
            updated_at = excluded.updated_at
        RETURNING user_id, movie_id, score, review, version, created_at, updated_at, previous_score
    ), message AS (
        INSERT INTO outbox_messages (kind, payload, created_at)
        SELECT
            $6::text,
            json_build_object(
                'movie', movie_id, 'user', user_id, 'old', previous_score, 'new', score
            ),
            updated_at
        FROM rating
        WHERE previous_score IS DISTINCT FROM score
    )
    SELECT rating.previous_score, ",
    rating_columns!(),
    " FROM rating"
);

/// Stores ratings in PostgreSQL.
pub(super) struct PutRatings {
    store: PostgresStore,
}

impl PutRatings {
    pub(super) fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl Commit for PutRatings {
    type Write = PutRating;
    /// The user and the movie.
    type Key = (i64, i64);
    type Outcome = Option<PutOutcome>;

    fn key(rating: &PutRating) -> (i64, i64) {
        (rating.user_id, rating.movie_id)
    }

    async fn commit(&self, ratings: &[PutRating]) -> Result<Vec<Option<PutOutcome>>> {
        let users: Vec<i64> = ratings.iter().map(|rating| rating.user_id).collect();
        let movies: Vec<i64> = ratings.iter().map(|rating| rating.movie_id).collect();
        let scores: Vec<i16> = ratings.iter().map(|rating| rating.score).collect();
        let reviews: Vec<Option<&str>> =
            ratings.iter().map(|rating| rating.review.as_deref()).collect();
        let times: Vec<_> = ratings.iter().map(|rating| rating.at).collect();
        let session = self.store.session_for_batch().await?;
        let stored = session
            .query(PUT, &[&users, &movies, &scores, &reviews, &times, &RatingChangedV1::KIND])
            .await?;
        let outcomes = stored.iter().map(|row| {
            let outcome = outcome(row)?;
            Ok(((outcome.rating.user_id, outcome.rating.movie_id), outcome))
        });
        let mut outcomes: HashMap<_, _> = outcomes.collect::<Result<_>>()?;
        Ok(ratings.iter().map(|rating| outcomes.remove(&Self::key(rating))).collect())
    }

    async fn commit_alone(&self, rating: &PutRating) -> Result<Option<PutOutcome>> {
        put_rating::run(&self.store, rating).await
    }
}
