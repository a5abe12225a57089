use async_trait::async_trait;

use crate::ports::{ComparedSummaries, ComparedTotals, RepositoryError, SummaryDrift};

/// What an audit does.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait SummaryAuditUseCases: Send + Sync {
    /// Compares up to `limit` summaries of movies with ids greater than `after`. What differs may
    /// merely wait for a message; [`confirm_drifts`](Self::confirm_drifts) tells.
    async fn compare_summaries(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<ComparedSummaries, RepositoryError>;

    /// Those of `suspects` that still differ in exactly the same way. Whoever asks leaves messages
    /// time to arrive between two looks.
    async fn confirm_drifts(
        &self,
        suspects: Vec<SummaryDrift>,
    ) -> Result<Vec<SummaryDrift>, RepositoryError>;

    /// Compares the catalogue's totals with the summaries.
    async fn compare_totals(&self) -> Result<ComparedTotals, RepositoryError>;

    /// Mends a summary; `false` when it or its ratings changed meanwhile.
    async fn repair_drift(&self, drift: SummaryDrift) -> Result<bool, RepositoryError>;

    /// Mends the catalogue's totals.
    async fn repair_totals(&self) -> Result<(), RepositoryError>;
}
