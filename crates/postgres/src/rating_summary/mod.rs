//! Rating summaries.

mod apply_score_changes;
mod rescore;
mod totals;

use async_trait::async_trait;
use reelmark_application::ports::{RatingSummaryRepository, RepositoryError, ScoreChangeRecord};
use time::OffsetDateTime;

use crate::store::PostgresStore;

/// Keeps the rating summaries in PostgreSQL.
pub struct PostgresRatingSummaryRepository {
    store: PostgresStore,
}

impl PostgresRatingSummaryRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl RatingSummaryRepository for PostgresRatingSummaryRepository {
    async fn apply(
        &self,
        changes: Vec<ScoreChangeRecord>,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError> {
        Ok(apply_score_changes::run(&self.store, &changes, at).await?)
    }

    async fn rescore(&self, limit: usize, at: OffsetDateTime) -> Result<Vec<i64>, RepositoryError> {
        Ok(rescore::run(&self.store, limit, at).await?)
    }
}
