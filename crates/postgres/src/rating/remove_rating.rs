use reelmark_application::messages::{Channel, RatingChangedV2};
use time::OffsetDateTime;

use crate::error::Result;
use crate::store::PostgresStore;

const REMOVE: &str = "
    WITH removed AS (
        DELETE FROM ratings WHERE user_id = $1 AND movie_id = $2
        RETURNING user_id, movie_id, score, created_at
    )
    INSERT INTO outbox_messages (kind, payload, created_at, channel)
    SELECT
        $3::text,
        json_build_object(
            'movie', movie_id, 'user', user_id, 'old', score, 'new', NULL,
            'given_at_micros', (extract(epoch FROM created_at) * 1000000)::bigint
        ),
        $4::timestamptz,
        $5::text
    FROM removed
    RETURNING id";

pub(super) async fn run(
    store: &PostgresStore,
    user_id: i64,
    movie_id: i64,
    at: OffsetDateTime,
) -> Result<bool> {
    let session = store.session().await?;
    let (kind, channel) = (RatingChangedV2::KIND, Channel::DatedRatings.name());
    let message = session.query_opt(REMOVE, &[&user_id, &movie_id, &kind, &at, &channel]).await?;
    Ok(message.is_some())
}
