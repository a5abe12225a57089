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
    let inserts = movies
        .iter()
        .map(|facts| InsertMovie::new(facts, None, at))
        .collect();
    Ok(repository.insert_into_empty(inserts).await?)
}
