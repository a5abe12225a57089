use reelmark_application::messages::{Channel, RatingChangedV2};
use reelmark_application::ports::{EraseAccount, ErasureOutcome};

use crate::audit::forget_user::FORGET;
use crate::error::Result;
use crate::store::PostgresStore;
use crate::user::is_last_admin;

/// Waits for writers of new ratings of this user, who hold their key, and makes later ones wait, who
/// will then find them gone. So the ratings removed next are all there are.
const LOCK: &str = "
    SELECT id, set_config('lock_timeout', '100ms', true) FROM users WHERE id = $1 FOR UPDATE";

const ADDED: &str = "SELECT id FROM movies WHERE added_by = $1 ORDER BY id";

const REMOVE_RATINGS: &str = "
    WITH removed AS (
        DELETE FROM ratings WHERE user_id = $1
        RETURNING user_id, movie_id, score, created_at
    ), message AS (
        INSERT INTO outbox_messages (kind, payload, created_at, channel)
        SELECT
            $2::text,
            json_build_object(
                'movie', movie_id, 'user', user_id, 'old', score, 'new', NULL,
                'given_at_micros', (extract(epoch FROM created_at) * 1000000)::bigint
            ),
            $3::timestamptz,
            $4::text
        FROM removed
    )
    SELECT movie_id AS id FROM removed";

/// Takes sessions and codes with it: they refer to the user.
const ERASE: &str = "DELETE FROM users WHERE id = $1";

pub(super) async fn run(store: &PostgresStore, account: &EraseAccount) -> Result<ErasureOutcome> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    let user_id = account.user_id;
    if is_last_admin::run(&transaction, user_id).await? {
        return Ok(ErasureOutcome::LastAdmin);
    }
    if transaction.query_opt(LOCK, &[&user_id]).await?.is_none() {
        return Ok(ErasureOutcome::NotFound);
    }
    let added = transaction.query(ADDED, &[&user_id]).await?;
    let (kind, channel) = (RatingChangedV2::KIND, Channel::DatedRatings.name());
    let rated =
        transaction.query(REMOVE_RATINGS, &[&user_id, &kind, &account.at, &channel]).await?;
    transaction.query(FORGET, &[&user_id]).await?;
    transaction.query(ERASE, &[&user_id]).await?;
    transaction.commit().await?;
    let movies = added.iter().chain(&rated).map(|row| Ok(row.try_get("id")?));
    Ok(ErasureOutcome::Erased { movies: movies.collect::<Result<_>>()? })
}
