use reelmark_application::ports::NeighbourListRecord;

use super::row::list;
use crate::error::Result;
use crate::store::PostgresStore;

/// One statement, so that no generation is published in the middle of it.
const FIND: &str = "
    SELECT list.movie_id, list.neighbours
    FROM neighbour_runs AS run
    JOIN movie_neighbours AS list ON list.generation = run.generation
    WHERE run.id = 1 AND list.movie_id = ANY ($1)";

pub(super) async fn run(
    store: &PostgresStore,
    movie_ids: Vec<i64>,
) -> Result<Vec<NeighbourListRecord>> {
    let session = store.session().await?;
    let rows = session.query(FIND, &[&movie_ids]).await?;
    rows.iter().map(list).collect()
}
