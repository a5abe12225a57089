//! Rating summaries.

mod apply_score_changes;
mod rescore;
mod totals;

use async_trait::async_trait;
use reelmark_application::ports::{RatingSummaryRepository, RepositoryError, ScoreChangeRecord};
use time::OffsetDateTime;

use crate::store::SqliteStore;

/// Keeps the rating summaries in SQLite.
pub struct SqliteRatingSummaryRepository {
    store: SqliteStore,
}

impl SqliteRatingSummaryRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl RatingSummaryRepository for SqliteRatingSummaryRepository {
    async fn apply(
        &self,
        changes: Vec<ScoreChangeRecord>,
        at: OffsetDateTime,
    ) -> Result<(), RepositoryError> {
        self.store.write(move |c| apply_score_changes::run(c, &changes, at)).await
    }

    async fn rescore(&self, limit: usize, at: OffsetDateTime) -> Result<Vec<i64>, RepositoryError> {
        self.store.write(move |c| rescore::run(c, limit, at)).await
    }
}
