//! Reports: what was asked for, and the numbers that they are made of.

mod catalogue_numbers;
mod find_report;
mod list_reports;
mod movie_numbers;
mod prune_reports;
mod request_report;
mod row;
mod settle_report;
mod snapshot;
mod start_report;
mod user_numbers;

use async_trait::async_trait;
use reelmark_application::ports::{
    CatalogueNumbersRecord, InsertReport, ListedReports, MovieNumbersRecord, RatingSpan,
    ReportClaim, ReportHold, ReportReader, ReportRecord, ReportRepository, RepositoryError,
    UserNumbersRecord,
};
use time::{Duration, OffsetDateTime};

use crate::store::PostgresStore;

/// Keeps the reports in PostgreSQL.
pub struct PostgresReportRepository {
    store: PostgresStore,
}

/// Reads the numbers that reports are made of from PostgreSQL.
pub struct PostgresReportReader {
    store: PostgresStore,
}

impl PostgresReportRepository {
    /// Keeps them in `store`.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

impl PostgresReportReader {
    /// Reads them from `store`, which should let a statement take its time and may be a replica.
    pub fn new(store: PostgresStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl ReportRepository for PostgresReportRepository {
    async fn request(&self, report: InsertReport) -> Result<Option<ReportRecord>, RepositoryError> {
        Ok(request_report::run(&self.store, report).await?)
    }

    async fn find(&self, id: i64) -> Result<Option<ReportRecord>, RepositoryError> {
        Ok(find_report::run(&self.store, id).await?)
    }

    async fn list(&self, list: ListedReports) -> Result<Vec<ReportRecord>, RepositoryError> {
        Ok(list_reports::run(&self.store, list).await?)
    }

    async fn count(&self, owner_id: i64) -> Result<u64, RepositoryError> {
        Ok(list_reports::count(&self.store, owner_id).await?)
    }

    async fn start(
        &self,
        id: i64,
        now: OffsetDateTime,
        lease: Duration,
    ) -> Result<ReportClaim, RepositoryError> {
        Ok(start_report::run(&self.store, id, now, lease).await?)
    }

    async fn finish(
        &self,
        hold: ReportHold,
        result: String,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        Ok(settle_report::finish(&self.store, hold, result, at).await?)
    }

    async fn fail(
        &self,
        hold: ReportHold,
        failure: String,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        Ok(settle_report::fail(&self.store, hold, failure, at).await?)
    }

    async fn release(&self, hold: ReportHold) -> Result<bool, RepositoryError> {
        Ok(settle_report::release(&self.store, hold).await?)
    }

    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        Ok(prune_reports::run(&self.store, before, limit).await?)
    }
}

#[async_trait]
impl ReportReader for PostgresReportReader {
    async fn movie(
        &self,
        movie_id: i64,
        span: RatingSpan,
    ) -> Result<Option<MovieNumbersRecord>, RepositoryError> {
        Ok(movie_numbers::run(&self.store, movie_id, span).await?)
    }

    async fn user(
        &self,
        username_key: String,
        span: RatingSpan,
    ) -> Result<Option<UserNumbersRecord>, RepositoryError> {
        Ok(user_numbers::run(&self.store, &username_key, span).await?)
    }

    async fn catalogue(&self, span: RatingSpan) -> Result<CatalogueNumbersRecord, RepositoryError> {
        Ok(catalogue_numbers::run(&self.store, span).await?)
    }
}
