use reelmark_application::ports::NeighbourListRecord;
use time::OffsetDateTime;

use super::row::to_json;
use crate::error::Result;
use crate::store::PostgresStore;

/// Keeps the row until the commit, so that nobody takes the claim over meanwhile.
const RENEW: &str = "
    UPDATE neighbour_runs
    SET claimed_until = $2
    WHERE id = 1 AND last_generation = $1 AND claimed_until IS NOT NULL
    RETURNING id";

const STORE: &str = "
    INSERT INTO movie_neighbours (generation, movie_id, neighbours)
    SELECT $1, movie_id, neighbours
    FROM unnest($2::bigint[], $3::text[]) AS list (movie_id, neighbours)";

pub(super) async fn run(
    store: &PostgresStore,
    generation: i64,
    lists: &[NeighbourListRecord],
    until: OffsetDateTime,
) -> Result<bool> {
    let movies: Vec<i64> = lists.iter().map(|list| list.movie_id).collect();
    let texts = lists.iter().map(|list| to_json(&list.neighbours)).collect::<Result<Vec<_>>>()?;
    let mut session = store.session().await?;
    let transaction = session.begin().await?;
    if transaction.query_opt(RENEW, &[&generation, &until]).await?.is_none() {
        return Ok(false);
    }
    if !lists.is_empty() {
        transaction.query(STORE, &[&generation, &movies, &texts]).await?;
    }
    transaction.commit().await?;
    Ok(true)
}
