use reelmark_application::ports::RESCORE_THRESHOLD;
use time::OffsetDateTime;

use super::totals::catalogue_mean;
use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

const RESCORE: &str = "
    UPDATE rating_summaries
    SET catalogue_mean = $1, version = version + 1, computed_at = $2
    WHERE movie_id IN (
        SELECT movie_id FROM rating_summaries
        WHERE rating_count > 0
            AND (catalogue_mean IS NULL OR abs(catalogue_mean - $1) > $3)
        LIMIT $4
    )
    RETURNING movie_id";

pub(super) async fn run(
    store: &PostgresStore,
    limit: usize,
    at: OffsetDateTime,
) -> Result<Vec<i64>> {
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    // Without any rating there is no rated movie.
    let Some(mean) = catalogue_mean(&transaction).await? else {
        return Ok(Vec::new());
    };
    let rescored =
        transaction.query(RESCORE, &[&mean, &at, &RESCORE_THRESHOLD, &limited(limit)]).await?;
    let movies = rescored.iter().map(|row| Ok(row.try_get("movie_id")?));
    let movies = movies.collect::<Result<_>>()?;
    transaction.commit().await?;
    Ok(movies)
}
