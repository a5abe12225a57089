use async_trait::async_trait;

use crate::ports::RepositoryError;

/// How many rows of one kind were swept away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Swept {
    /// The kind, as metrics name it.
    pub what: &'static str,
    pub count: usize,
}

/// What keeps the store from growing without end.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait HousekeepingUseCases: Send + Sync {
    /// Sweeps away a batch of each kind of row that is no longer needed. When one kind fails, the
    /// others are swept all the same, and the first failure is returned.
    async fn sweep(&self) -> Result<Vec<Swept>, RepositoryError>;
}
