use reelmark_application::messages::RatingChangedV1;
use time::OffsetDateTime;

use crate::error::Result;
use crate::store::PostgresStore;

const REMOVE: &str = "
    WITH removed AS (
        DELETE FROM ratings WHERE user_id = $1 AND movie_id = $2
        RETURNING user_id, movie_id, score
    )
    INSERT INTO outbox_messages (kind, payload, created_at)
    SELECT
        $3::text,
        json_build_object('movie', movie_id, 'user', user_id, 'old', score, 'new', NULL),
        $4::timestamptz
    FROM removed
    RETURNING id";

pub(super) async fn run(
    store: &PostgresStore,
    user_id: i64,
    movie_id: i64,
    at: OffsetDateTime,
) -> Result<bool> {
    let session = store.session().await?;
    let message =
        session.query_opt(REMOVE, &[&user_id, &movie_id, &RatingChangedV1::KIND, &at]).await?;
    Ok(message.is_some())
}
