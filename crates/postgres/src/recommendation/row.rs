use reelmark_application::ports::{NeighbourListRecord, NeighbourRecord};
use tokio_postgres::Row;

use crate::error::{Failure, Result};

/// Neighbours as they are stored: pairs of movie and similarity.
pub(super) fn to_json(neighbours: &[NeighbourRecord]) -> Result<String> {
    let pairs: Vec<(i64, i64)> =
        neighbours.iter().map(|one| (one.movie_id, one.similarity)).collect();
    serde_json::to_string(&pairs).map_err(|error| Failure::Corrupt(Box::new(error)))
}

/// The same read back.
pub(super) fn list(row: &Row) -> Result<NeighbourListRecord> {
    let pairs = serde_json::from_str::<Vec<(i64, i64)>>(row.try_get("neighbours")?);
    let pairs = pairs.map_err(|error| Failure::Corrupt(Box::new(error)))?;
    let neighbour = |(movie_id, similarity)| NeighbourRecord { movie_id, similarity };
    let neighbours = pairs.into_iter().map(neighbour).collect();
    Ok(NeighbourListRecord { movie_id: row.try_get("movie_id")?, neighbours })
}
