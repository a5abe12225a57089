use reelmark_application::messages::{MovieChangedV1, RatingChangedV1};
use time::OffsetDateTime;

use crate::error::Result;
use crate::outbox::append;
use crate::store::PostgresStore;

/// Waits for writers of new ratings of this movie, who hold its key, and makes later ones wait, who
/// will then find it gone. So the ratings removed next are all there are.
const LOCK: &str = "
    SELECT id, set_config('lock_timeout', '100ms', true) FROM movies WHERE id = $1 FOR UPDATE";

const REMOVE_RATINGS: &str = "
    WITH removed AS (
        DELETE FROM ratings WHERE movie_id = $1
        RETURNING user_id, movie_id, score
    )
    INSERT INTO outbox_messages (kind, payload, created_at)
    SELECT
        $2::text,
        json_build_object('movie', movie_id, 'user', user_id, 'old', score, 'new', NULL),
        $3::timestamptz
    FROM removed";

const REMOVE: &str = "DELETE FROM movies WHERE id = $1";

pub(super) async fn run(store: &PostgresStore, id: i64, at: OffsetDateTime) -> Result<bool> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    if transaction.query_opt(LOCK, &[&id]).await?.is_none() {
        return Ok(false);
    }
    transaction.query(REMOVE_RATINGS, &[&id, &RatingChangedV1::KIND, &at]).await?;
    let changed = MovieChangedV1 { movie: id };
    append(&transaction, MovieChangedV1::KIND, &changed, at).await?;
    transaction.query(REMOVE, &[&id]).await?;
    transaction.commit().await?;
    Ok(true)
}
