use std::sync::Arc;

use async_trait::async_trait;

use super::*;
use crate::caching::{CachedNeighbours, CachedSuggestions, MovieViews};
use crate::ports::Clock;

/// The use cases about similar and recommended movies.
pub struct RecommendationService {
    movies: Arc<MovieViews>,
    neighbours: CachedNeighbours,
    suggestions: CachedSuggestions,
    clock: Arc<dyn Clock>,
}

/// The worker's use cases about neighbours.
pub struct NeighbourService {
    ports: NeighbourPorts,
}

impl RecommendationService {
    pub fn new(
        movies: Arc<MovieViews>,
        neighbours: CachedNeighbours,
        suggestions: CachedSuggestions,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { movies, neighbours, suggestions, clock }
    }
}

impl NeighbourService {
    pub fn new(ports: NeighbourPorts) -> Self {
        Self { ports }
    }
}

#[async_trait]
impl RecommendationUseCases for RecommendationService {
    async fn list_similar(
        &self,
        query: ListSimilar,
    ) -> Result<Vec<SimilarMovie>, ListSimilarError> {
        list_similar::run(&self.movies, &self.neighbours, query).await
    }

    async fn recommend(&self, query: Recommend) -> Result<Recommendations, RecommendError> {
        recommend::run(&self.movies, &self.suggestions, &*self.clock, query).await
    }
}

#[async_trait]
impl NeighbourUseCases for NeighbourService {
    async fn refresh_neighbours(&self) -> Result<Refreshed, RefreshError> {
        refresh::run(&self.ports).await
    }
}
