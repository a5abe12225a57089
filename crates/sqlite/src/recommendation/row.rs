use reelmark_application::ports::NeighbourRecord;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::row::Json;

/// Neighbours as they are stored: pairs of movie and similarity.
pub(super) fn to_json(neighbours: &[NeighbourRecord]) -> Json<Vec<(i64, i64)>> {
    Json(neighbours.iter().map(|one| (one.movie_id, one.similarity)).collect())
}

/// The same read back.
pub(super) struct Neighbours(pub(super) Vec<NeighbourRecord>);

impl FromSql for Neighbours {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let pairs = serde_json::from_str::<Vec<(i64, i64)>>(value.as_str()?);
        let pairs = pairs.map_err(FromSqlError::other)?;
        let neighbour = |(movie_id, similarity)| NeighbourRecord { movie_id, similarity };
        Ok(Self(pairs.into_iter().map(neighbour).collect()))
    }
}
