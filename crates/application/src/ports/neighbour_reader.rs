use async_trait::async_trait;
use reelmark_domain::{MovieId, Neighbour, NeighbourList, Similarity, ValueError};

use super::{CorruptRecord, NeighbourListRecord, NeighbourRecord, RepositoryError};

/// Reads the published neighbours.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait NeighbourReader: Send + Sync {
    /// The neighbours of these movies, in any order; movies without any are left out. All lists
    /// are of one generation. Neighbours that were removed since they were computed are still among
    /// them.
    async fn find(&self, movie_ids: Vec<i64>) -> Result<Vec<NeighbourListRecord>, RepositoryError>;
}

impl From<&NeighbourList> for NeighbourListRecord {
    fn from(list: &NeighbourList) -> Self {
        let record = |neighbour: &Neighbour| NeighbourRecord {
            movie_id: neighbour.movie.get(),
            similarity: neighbour.similarity.steps(),
        };
        let neighbours = list.neighbours.iter().map(record).collect();
        Self { movie_id: list.movie.get(), neighbours }
    }
}

impl TryFrom<NeighbourListRecord> for NeighbourList {
    type Error = CorruptRecord;

    fn try_from(record: NeighbourListRecord) -> Result<Self, CorruptRecord> {
        let row = record.movie_id;
        let corrupt =
            |column| move |source| CorruptRecord { table: "movie_neighbours", column, row, source };
        let movie = MovieId::parse(row).map_err(corrupt("movie_id"))?;
        let neighbours = record.neighbours.into_iter().map(neighbour).collect::<Result<_, _>>();
        Ok(Self { movie, neighbours: neighbours.map_err(corrupt("neighbours"))? })
    }
}

fn neighbour(record: NeighbourRecord) -> Result<Neighbour, ValueError> {
    let movie = MovieId::parse(record.movie_id)?;
    Ok(Neighbour { movie, similarity: Similarity::from_steps(record.similarity)? })
}
