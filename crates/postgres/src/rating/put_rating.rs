use reelmark_application::messages::RatingChangedV1;
use reelmark_application::ports::{PutOutcome, PutRating};
use tokio_postgres::Row;

use super::row::{rating, rating_columns};
use crate::error::Result;
use crate::store::PostgresStore;

/// `RETURNING` gives what the row has become, hence the column that keeps what it was. The message
/// is numbered while the row is locked, so the messages of one rating are in the order of its
/// commits.
const PUT: &str = concat!(
    "
    WITH rating AS (
        INSERT INTO ratings (user_id, movie_id, score, review, created_at, updated_at)
        SELECT users.id, movies.id, $3::smallint, $4::text, $5::timestamptz, $5::timestamptz
        FROM users, movies
        WHERE users.id = $1 AND movies.id = $2
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
            $5
        FROM rating
        WHERE previous_score IS DISTINCT FROM score
    )
    SELECT rating.previous_score, ",
    rating_columns!(),
    " FROM rating"
);

pub(super) async fn run(store: &PostgresStore, request: &PutRating) -> Result<Option<PutOutcome>> {
    let PutRating { user_id, movie_id, score, review, at } = request;
    let session = store.session_for_batch().await?;
    let put = session
        .query_opt(PUT, &[user_id, movie_id, score, review, at, &RatingChangedV1::KIND])
        .await;
    match put {
        // The movie or the user was removed while the rating was being stored.
        Err(failure) if failure.is_missing_reference() => Ok(None),
        put => put?.as_ref().map(outcome).transpose(),
    }
}

pub(super) fn outcome(row: &Row) -> Result<PutOutcome> {
    Ok(PutOutcome { rating: rating(row)?, previous_score: row.try_get("previous_score")? })
}
