//! Rating summaries.

mod apply_score_changes;
mod compare;
mod compare_totals;
mod forget_processed;
mod repair;
mod repair_totals;
mod rescore;
mod totals;

pub(crate) use apply_score_changes::count_in;

use async_trait::async_trait;
use reelmark_application::ports::{
    ComparedSummaries, ComparedTotals, RatingSummaryRepository, RepositoryError, ScoreChangeRecord,
    SummaryAuditor, SummaryDrift,
};
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

    async fn forget_processed(
        &self,
        before: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        self.store.write(move |c| forget_processed::run(c, before, limit)).await
    }
}

/// Compares the summaries with the ratings in SQLite.
pub struct SqliteSummaryAuditor {
    store: SqliteStore,
}

impl SqliteSummaryAuditor {
    /// Compares those in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl SummaryAuditor for SqliteSummaryAuditor {
    async fn compare(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<ComparedSummaries, RepositoryError> {
        self.store.read_long(move |c| compare::run(c, after, limit)).await
    }

    async fn compare_totals(&self) -> Result<ComparedTotals, RepositoryError> {
        self.store.read_long(compare_totals::run).await
    }

    async fn repair(
        &self,
        drift: SummaryDrift,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| repair::run(c, drift, at)).await
    }

    async fn repair_totals(&self) -> Result<(), RepositoryError> {
        self.store.write(repair_totals::run).await
    }
}
