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

    async fn forget_processed(
        &self,
        before: OffsetDateTime,
        limit: usize,
    ) -> Result<usize, RepositoryError> {
        Ok(forget_processed::run(&self.store, before, limit).await?)
    }
}

/// Compares the summaries with the ratings in PostgreSQL.
pub struct PostgresSummaryAuditor {
    store: PostgresStore,
}

impl PostgresSummaryAuditor {
    /// Compares those in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl SummaryAuditor for PostgresSummaryAuditor {
    async fn compare(
        &self,
        after: i64,
        limit: usize,
    ) -> Result<ComparedSummaries, RepositoryError> {
        Ok(compare::run(&self.store, after, limit).await?)
    }

    async fn compare_totals(&self) -> Result<ComparedTotals, RepositoryError> {
        Ok(compare_totals::run(&self.store).await?)
    }

    async fn repair(
        &self,
        drift: SummaryDrift,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        Ok(repair::run(&self.store, drift, at).await?)
    }

    async fn repair_totals(&self) -> Result<(), RepositoryError> {
        Ok(repair_totals::run(&self.store).await?)
    }
}
