use reelmark_domain::{MovieId, ShortLimit, Similarity};
use thiserror::Error;

use super::shown_movies::still_there;
use crate::caching::{CachedNeighbours, MovieViews, ShownMovie};
use crate::ports::RepositoryError;

/// How many similar movies are shown.
pub type SimilarLimit = ShortLimit<20, 10>;

/// Somebody wants more of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListSimilar {
    pub movie_id: MovieId,
    pub limit: SimilarLimit,
}

/// A movie that is like the one asked about.
#[derive(Clone, Debug)]
pub struct SimilarMovie {
    pub movie: ShownMovie,
    pub similarity: Similarity,
}

/// Why no similar movies are shown.
#[derive(Debug, Error)]
pub enum ListSimilarError {
    #[error("there is no such movie")]
    MovieNotFound,
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

/// None are known about a movie that too few have rated. Those that were removed since the
/// neighbours were computed are left out.
pub(super) async fn run(
    movies: &MovieViews,
    neighbours: &CachedNeighbours,
    query: ListSimilar,
) -> Result<Vec<SimilarMovie>, ListSimilarError> {
    let id = query.movie_id.get();
    movies.find(id).await?.ok_or(ListSimilarError::MovieNotFound)?;
    let Some(list) = neighbours.of(id).await? else {
        return Ok(vec![]);
    };
    let found = list.neighbours.iter().map(|neighbour| (neighbour.movie, neighbour.similarity));
    let found = still_there(movies, found.collect::<Vec<_>>(), query.limit.get()).await?;
    Ok(found.into_iter().map(|(movie, similarity)| SimilarMovie { movie, similarity }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{
        MockMovieReader, MockNeighbourReader, NeighbourListRecord, NeighbourRecord,
    };
    use crate::testing::{details_of, movie_id, no_cache, unavailable, views_of};
    use std::sync::Arc;

    /// Movies 40 to 49, without 44.
    fn catalogue() -> MovieViews {
        let mut movies = MockMovieReader::new();
        movies
            .expect_find()
            .returning(|id| Ok(((40..50).contains(&id) && id != 44).then(|| details_of(id))));
        views_of(movies)
    }

    fn neighbours(of_42: &[i64]) -> CachedNeighbours {
        let neighbour = |movie_id: &i64| NeighbourRecord { movie_id: *movie_id, similarity: 100 };
        let list =
            NeighbourListRecord { movie_id: 42, neighbours: of_42.iter().map(neighbour).collect() };
        let mut reader = MockNeighbourReader::new();
        reader.expect_find().returning(move |_| Ok(vec![list.clone()]));
        uncached(reader)
    }

    fn uncached(reader: MockNeighbourReader) -> CachedNeighbours {
        CachedNeighbours::new(Arc::new(reader), Arc::new(no_cache()))
    }

    fn query(limit: i64) -> ListSimilar {
        ListSimilar { movie_id: movie_id(), limit: SimilarLimit::parse(limit).unwrap() }
    }

    async fn similar(of_42: &[i64], limit: i64) -> Vec<i64> {
        let found = run(&catalogue(), &neighbours(of_42), query(limit)).await.unwrap();
        found.iter().map(|similar| similar.movie.movie.id().get()).collect()
    }

    #[tokio::test]
    async fn lists_neighbours_in_order_up_to_the_limit() {
        assert_eq!(similar(&[49, 41, 45, 40], 3).await, [49, 41, 45]);
    }

    #[tokio::test]
    async fn leaves_out_what_was_removed_and_takes_the_next() {
        assert_eq!(similar(&[44, 41, 99, 45, 40], 2).await, [41, 45]);
    }

    #[tokio::test]
    async fn knows_none_of_a_movie_that_few_rated() {
        let mut reader = MockNeighbourReader::new();
        reader.expect_find().returning(|_| Ok(vec![]));
        assert!(run(&catalogue(), &uncached(reader), query(5)).await.unwrap().is_empty());
    }

    #[tokio::test]
    async fn says_when_there_is_no_such_movie_or_no_store() {
        let unknown = ListSimilar { movie_id: MovieId::parse(44).unwrap(), ..query(5) };
        let error = run(&catalogue(), &neighbours(&[41]), unknown).await;
        assert!(matches!(error, Err(ListSimilarError::MovieNotFound)));
        let mut reader = MockNeighbourReader::new();
        reader.expect_find().returning(|_| Err(unavailable()));
        let error = run(&catalogue(), &uncached(reader), query(5)).await;
        assert!(matches!(error, Err(ListSimilarError::Store(_))));
    }
}
