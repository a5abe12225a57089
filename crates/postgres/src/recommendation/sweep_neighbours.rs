use crate::error::Result;
use crate::row::limited;
use crate::store::PostgresStore;

/// A claim that was given back leaves lists of a number that nobody holds. Passes over what another
/// replica removes just now.
const SWEEP: &str = "
    DELETE FROM movie_neighbours
    WHERE ctid = ANY (ARRAY(
        SELECT list.ctid
        FROM movie_neighbours AS list
        CROSS JOIN neighbour_runs AS run
        WHERE run.id = 1
            AND list.generation <> run.generation
            AND (list.generation <> run.last_generation OR run.claimed_until IS NULL)
        LIMIT $1
        FOR UPDATE OF list SKIP LOCKED
    ))
    RETURNING movie_id";

pub(super) async fn run(store: &PostgresStore, limit: usize) -> Result<usize> {
    let session = store.session().await?;
    Ok(session.query(SWEEP, &[&limited(limit)]).await?.len())
}
