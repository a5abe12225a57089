use reelmark_domain::MovieFacts;
use thiserror::Error;

use super::Cause;

/// The catalogue can't be read.
#[derive(Debug, Error)]
#[error("the starter catalogue can't be read")]
pub struct StarterCatalogueError(#[source] pub Cause);

/// Well-known movies that a new, empty store is filled with.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
pub trait StarterCatalogue: Send + Sync {
    /// All of them.
    fn movies(&self) -> Result<Vec<MovieFacts>, StarterCatalogueError>;
}
