use std::collections::HashMap;

use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{PutOutcome, PutRating, RatingRecord};

use super::put_rating::{self, outcome};
use super::row::rating_columns;
use crate::batches::Batched;
use crate::error::Result;
use crate::store::PostgresStore;

/// [`put_rating`] for many ratings, none of the same user and movie as another; each stands for a
/// number of writes, the last of which it is. They are stored in the order of their keys, so that
/// two batches wait for one another instead of deadlocking. Subqueries look each user and movie up
/// by its key; for a join the planner might read all there are.
const PUT: &str = concat!(
    "
    WITH rating AS (
        INSERT INTO ratings (user_id, movie_id, score, review, created_at, updated_at, version)
        SELECT asked.user_id, asked.movie_id, score, review, first_at, at, writes
        FROM unnest(
            $1::bigint[], $2::bigint[], $3::smallint[], $4::text[], $5::timestamptz[],
            $6::timestamptz[], $7::bigint[]
        ) AS asked (user_id, movie_id, score, review, first_at, at, writes)
        WHERE (SELECT true FROM users WHERE id = asked.user_id)
            AND (SELECT true FROM movies WHERE id = asked.movie_id)
        ORDER BY asked.user_id, asked.movie_id
        ON CONFLICT (user_id, movie_id) DO UPDATE SET
            previous_score = ratings.score,
            score = excluded.score,
            review = excluded.review,
            version = ratings.version + excluded.version,
            updated_at = excluded.updated_at
        RETURNING user_id, movie_id, score, review, version, created_at, updated_at, previous_score
    ), message AS (
        INSERT INTO outbox_messages (kind, payload, created_at)
        SELECT
            $8::text,
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

impl Batched for PutRatings {
    type Call = PutRating;
    /// The user and the movie.
    type Key = (i64, i64);
    type Outcome = Option<PutOutcome>;

    fn key(rating: &PutRating) -> (i64, i64) {
        (rating.user_id, rating.movie_id)
    }

    async fn run(&self, ratings: &[PutRating]) -> Result<Vec<Option<PutOutcome>>> {
        let rows: Vec<&[PutRating]> =
            ratings.chunk_by(|one, next| Self::key(one) == Self::key(next)).collect();
        let last = || rows.iter().filter_map(|writes| writes.last());
        let users: Vec<i64> = last().map(|rating| rating.user_id).collect();
        let movies: Vec<i64> = last().map(|rating| rating.movie_id).collect();
        let scores: Vec<i16> = last().map(|rating| rating.score).collect();
        let reviews: Vec<Option<&str>> = last().map(|rating| rating.review.as_deref()).collect();
        let first_times: Vec<_> =
            rows.iter().filter_map(|writes| writes.first()).map(|rating| rating.at).collect();
        let times: Vec<_> = last().map(|rating| rating.at).collect();
        let writes: Vec<i64> = rows.iter().map(|writes| writes.len() as i64).collect();
        let session = self.store.session_for_batch().await?;
        let kind = RatingChangedV1::KIND;
        let stored = session
            .query(PUT, &[&users, &movies, &scores, &reviews, &first_times, &times, &writes, &kind])
            .await?;
        let outcomes = stored.iter().map(|row| {
            let outcome = outcome(row)?;
            Ok(((outcome.rating.user_id, outcome.rating.movie_id), outcome))
        });
        let mut outcomes: HashMap<_, _> = outcomes.collect::<Result<_>>()?;
        let outcomes_of = |writes: &&[PutRating]| match outcomes.remove(&Self::key(&writes[0])) {
            Some(last) => each(writes, &last).map(Some).collect(),
            None => vec![None; writes.len()],
        };
        Ok(rows.iter().flat_map(outcomes_of).collect())
    }

    async fn run_alone(&self, rating: &PutRating) -> Result<Option<PutOutcome>> {
        put_rating::run(&self.store, rating).await
    }
}

/// What came of each write of one row, given what came of all of them together.
fn each(writes: &[PutRating], together: &PutOutcome) -> impl Iterator<Item = PutOutcome> {
    let version_before = together.rating.version - writes.len() as i64;
    let mut previous_score = together.previous_score;
    writes.iter().zip(version_before + 1..).map(move |(write, version)| PutOutcome {
        previous_score: previous_score.replace(write.score),
        rating: RatingRecord {
            user_id: write.user_id,
            movie_id: write.movie_id,
            score: write.score,
            review: write.review.clone(),
            version,
            created_at: together.rating.created_at,
            updated_at: write.at,
        },
    })
}
