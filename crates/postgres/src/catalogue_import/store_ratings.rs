use reelmark_application::ports::{ImportRating, RatingChunk, ScoreChangeRecord, StoredRatings};
use tokio_postgres::Row;
use tokio_postgres::types::{ToSql, Type};

use crate::error::{Failure, Result};
use crate::rating_summary::count_in;
use crate::session::Transaction;
use crate::store::PostgresStore;

/// How often a chunk is stored anew because it met somebody who removed one of its movies.
const TRIES: usize = 10;

/// One for each connection.
const STAGE: &str = "
    CREATE TEMPORARY TABLE IF NOT EXISTS import_staging (
        rater    bigint      NOT NULL,
        movie_id bigint      NOT NULL,
        score    smallint    NOT NULL,
        at       timestamptz NOT NULL
    ) ON COMMIT DELETE ROWS";

const COPY: &str = "
    COPY pg_temp.import_staging (rater, movie_id, score, at) FROM STDIN (FORMAT binary)";

const COLUMNS: [Type; 4] = [Type::INT8, Type::INT8, Type::INT2, Type::TIMESTAMPTZ];

/// No username has a tilde or a colon, no address is without an @, and no password has this hash.
const MAKE_RATERS: &str = "
    WITH missing AS (
        SELECT DISTINCT rater FROM import_staging
        WHERE NOT EXISTS (
            SELECT FROM import_raters
            WHERE set_id = $1 AND import_raters.rater = import_staging.rater
        )
    ), made AS (
        INSERT INTO users (
            username, username_key, email, password_hash, role, status, visibility, created_at
        )
        SELECT name, name, name, '!', 'member', 'disabled', 'private', $2
        FROM (
            SELECT '~' || import_sets.name || ':' || rater AS name, rater
            FROM missing
            CROSS JOIN import_sets
            WHERE import_sets.id = $1
        ) AS named
        ORDER BY rater
        RETURNING id, username
    )
    INSERT INTO import_raters (set_id, rater, user_id)
    SELECT $1, split_part(username, ':', 2)::bigint, id FROM made";

/// In the order of their keys, as all who store ratings do.
const MERGE: &str = "
    INSERT INTO ratings (user_id, movie_id, score, created_at, updated_at, imported)
    SELECT import_raters.user_id, staged.movie_id, staged.score, staged.at, staged.at, true
    FROM import_staging AS staged
    JOIN import_raters ON import_raters.set_id = $1 AND import_raters.rater = staged.rater
    WHERE EXISTS (SELECT FROM movies WHERE movies.id = staged.movie_id)
    ORDER BY import_raters.user_id, staged.movie_id
    ON CONFLICT (user_id, movie_id) DO UPDATE SET
        previous_score = ratings.score,
        score = excluded.score,
        version = ratings.version + 1,
        updated_at = excluded.updated_at
    WHERE excluded.updated_at > ratings.updated_at
    RETURNING movie_id, CASE WHEN version > 1 THEN previous_score END AS old, score, updated_at";

const GONE: &str = "
    SELECT count(*) AS gone FROM import_staging AS staged
    WHERE NOT EXISTS (SELECT FROM movies WHERE movies.id = staged.movie_id)";

const ADVANCE: &str = "
    UPDATE import_sets
    SET items = $3, added = added + $4, changed = changed + $5, unchanged = unchanged + $6
    WHERE id = $1 AND items = $2
    RETURNING items";

pub(super) async fn run(store: &PostgresStore, chunk: &RatingChunk) -> Result<StoredRatings> {
    for _ in 1..TRIES {
        match once(store, chunk).await {
            Err(failure) if failure.is_deadlock() || failure.is_missing_reference() => {}
            outcome => return outcome,
        }
    }
    once(store, chunk).await
}

/// The summaries come last, so that nobody who counts ratings waits for long.
async fn once(store: &PostgresStore, chunk: &RatingChunk) -> Result<StoredRatings> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    transaction.query(STAGE, &[]).await?;
    transaction
        .copy(COPY, &COLUMNS, &chunk.ratings, |rating, row| {
            let ImportRating { rater, movie_id, score, at } = rating;
            row.extend([rater as &(dyn ToSql + Sync), movie_id, score, at]);
        })
        .await?;
    let made: [(&(dyn ToSql + Sync), Type); 2] =
        [(&chunk.set, Type::INT8), (&chunk.at, Type::TIMESTAMPTZ)];
    transaction.query_planned_anew(MAKE_RATERS, &made).await?;
    let merged = transaction.query_planned_anew(MERGE, &made[..1]).await?;
    let changes = merged.iter().map(change).collect::<Result<Vec<_>>>()?;
    let stored = counts(&transaction, chunk, &changes).await?;
    advance(&transaction, chunk, stored).await?;
    count_in(&transaction, &changes, chunk.at).await?;
    transaction.commit().await?;
    Ok(stored)
}

/// A change that no message tells of.
fn change(row: &Row) -> Result<ScoreChangeRecord> {
    Ok(ScoreChangeRecord {
        message_id: 0,
        movie_id: row.try_get("movie_id")?,
        old: row.try_get("old")?,
        new: Some(row.try_get("score")?),
        given_at: row.try_get("updated_at")?,
    })
}

async fn counts(
    transaction: &Transaction<'_>,
    chunk: &RatingChunk,
    changes: &[ScoreChangeRecord],
) -> Result<StoredRatings> {
    let added = changes.iter().filter(|change| change.old.is_none()).count();
    let mut unchanged = chunk.ratings.len() - changes.len();
    if unchanged > 0 {
        let gone: i64 = transaction.query_one(GONE, &[]).await?.try_get("gone")?;
        unchanged = unchanged.saturating_sub(usize::try_from(gone).unwrap_or(0));
    }
    let changed = changes.len() - added;
    let [added, changed, unchanged] = [added, changed, unchanged].map(|count| count as u64);
    Ok(StoredRatings { added, changed, unchanged })
}

async fn advance(
    transaction: &Transaction<'_>,
    chunk: &RatingChunk,
    stored: StoredRatings,
) -> Result<()> {
    let number = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let (from, to) = (number(chunk.from), number(chunk.to));
    let (added, changed) = (number(stored.added), number(stored.changed));
    let unchanged = number(stored.unchanged);
    let parameters: [&(dyn ToSql + Sync); 6] =
        [&chunk.set, &from, &to, &added, &changed, &unchanged];
    let advanced = transaction.query_opt(ADVANCE, &parameters).await?;
    advanced.map(drop).ok_or(Failure::Stale)
}
