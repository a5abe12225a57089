use thiserror::Error;

use crate::ports::{
    Clock, InsertMovie, MovieRepository, RepositoryError, StarterCatalogue, StarterCatalogueError,
};

/// Why the store was not filled.
#[derive(Debug, Error)]
pub enum LoadStarterCatalogueError {
    #[error(transparent)]
    Catalogue(#[from] StarterCatalogueError),
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

pub(super) async fn run(
    repository: &dyn MovieRepository,
    starter: &dyn StarterCatalogue,
    clock: &dyn Clock,
) -> Result<usize, LoadStarterCatalogueError> {
    let at = clock.now();
    let movies = starter.movies()?;
    let inserts = movies.iter().map(|facts| InsertMovie::new(facts, None, at)).collect();
    Ok(repository.insert_into_empty(inserts).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::{MockMovieRepository, MockStarterCatalogue};
    use crate::testing::{clock, facts};

    #[tokio::test]
    async fn offers_every_movie_to_an_empty_store() {
        let mut starter = MockStarterCatalogue::new();
        starter.expect_movies().returning(|| Ok(vec![facts("M"), facts("Up")]));
        let mut repository = MockMovieRepository::new();
        repository.expect_insert_into_empty().once().returning(|movies| Ok(movies.len()));
        assert_eq!(run(&repository, &starter, &clock()).await.unwrap(), 2);
    }
}
