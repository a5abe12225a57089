use reelmark_application::ports::NeighbourListRecord;
use rusqlite::{Connection, Row};

use super::row::Neighbours;
use crate::error::Result;
use crate::row::{Cells, Json};

/// One statement, so that no generation is published in the middle of it. `CROSS JOIN` keeps the
/// tables in this order.
const FIND: &str = "
    SELECT list.movie_id, list.neighbours
    FROM neighbour_runs AS run
    CROSS JOIN json_each(?1) AS wanted
    CROSS JOIN movie_neighbours AS list
        ON list.generation = run.generation AND list.movie_id = wanted.value
    WHERE run.id = 1";

pub(super) fn run(
    connection: &Connection,
    movie_ids: Vec<i64>,
) -> Result<Vec<NeighbourListRecord>> {
    let mut statement = connection.prepare_cached(FIND)?;
    let lists = statement.query_map([Json(movie_ids)], list)?;
    Ok(lists.collect::<rusqlite::Result<_>>()?)
}

fn list(row: &Row<'_>) -> rusqlite::Result<NeighbourListRecord> {
    let mut cells = Cells::of(row);
    let movie_id = cells.take()?;
    Ok(NeighbourListRecord { movie_id, neighbours: cells.take::<Neighbours>()?.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::EmptyStore;

    #[test]
    fn looks_each_list_up_in_its_index() {
        let store = EmptyStore::new();
        assert_eq!(store.scans(FIND), Vec::<String>::new());
    }
}
