use async_trait::async_trait;

use super::*;

/// What can be found by who rated what.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait RecommendationUseCases: Send + Sync {
    /// The movies most like one movie, most alike first.
    async fn list_similar(&self, query: ListSimilar)
    -> Result<Vec<SimilarMovie>, ListSimilarError>;

    /// What somebody may like and has not rated.
    async fn recommend(&self, query: Recommend) -> Result<Recommendations, RecommendError>;
}

/// How what is found is kept up to date.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait NeighbourUseCases: Send + Sync {
    /// Computes which movies are alike when that is due and nobody else does it.
    async fn refresh_neighbours(&self) -> Result<Refreshed, RefreshError>;
}
