//! Reports: what was asked for, and the numbers that they are made of.

mod catalogue_numbers;
mod find_report;
mod list_reports;
mod movie_numbers;
mod prune_reports;
mod request_report;
mod row;
mod settle_report;
mod start_report;
mod user_numbers;

use async_trait::async_trait;
use reelmark_application::ports::{
    CatalogueNumbersRecord, InsertReport, ListedReports, MovieNumbersRecord, RatingSpan,
    ReportClaim, ReportHold, ReportReader, ReportRecord, ReportRepository, RepositoryError,
    UserNumbersRecord,
};
use time::{Duration, OffsetDateTime};

use crate::store::SqliteStore;

/// Keeps the reports in SQLite.
pub struct SqliteReportRepository {
    store: SqliteStore,
}

/// Reads the numbers that reports are made of from SQLite.
pub struct SqliteReportReader {
    store: SqliteStore,
}

impl SqliteReportRepository {
    /// Keeps them in `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

impl SqliteReportReader {
    /// Reads them from `store`.
    pub fn new(store: SqliteStore) -> Self {
        Self { store }
    }
}

#[async_trait]
impl ReportRepository for SqliteReportRepository {
    async fn request(&self, report: InsertReport) -> Result<Option<ReportRecord>, RepositoryError> {
        self.store.write(move |c| request_report::run(c, &report)).await
    }

    async fn find(&self, id: i64) -> Result<Option<ReportRecord>, RepositoryError> {
        self.store.read(|c| find_report::run(c, id))
    }

    async fn list(&self, list: ListedReports) -> Result<Vec<ReportRecord>, RepositoryError> {
        self.store.read_long(move |c| list_reports::run(c, list)).await
    }

    async fn count(&self, owner_id: i64) -> Result<u64, RepositoryError> {
        self.store.read_long(move |c| list_reports::count(c, owner_id)).await
    }

    async fn start(
        &self,
        id: i64,
        now: OffsetDateTime,
        lease: Duration,
    ) -> Result<ReportClaim, RepositoryError> {
        self.store.write(move |c| start_report::run(c, id, now, lease)).await
    }

    async fn finish(
        &self,
        hold: ReportHold,
        result: String,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| settle_report::finish(c, hold, &result, at)).await
    }

    async fn fail(
        &self,
        hold: ReportHold,
        failure: String,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError> {
        self.store.write(move |c| settle_report::fail(c, hold, &failure, at)).await
    }

    async fn release(&self, hold: ReportHold) -> Result<bool, RepositoryError> {
        self.store.write(move |c| settle_report::release(c, hold)).await
    }

    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError> {
        self.store.write(move |c| prune_reports::run(c, before, limit)).await
    }
}

#[async_trait]
impl ReportReader for SqliteReportReader {
    async fn movie(
        &self,
        movie_id: i64,
        span: RatingSpan,
    ) -> Result<Option<MovieNumbersRecord>, RepositoryError> {
        self.store.read_long(move |c| movie_numbers::run(c, movie_id, span)).await
    }

    async fn user(
        &self,
        username_key: String,
        span: RatingSpan,
    ) -> Result<Option<UserNumbersRecord>, RepositoryError> {
        self.store.read_long(move |c| user_numbers::run(c, &username_key, span)).await
    }

    async fn catalogue(&self, span: RatingSpan) -> Result<CatalogueNumbersRecord, RepositoryError> {
        self.store.read_long(move |c| catalogue_numbers::run(c, span)).await
    }
}
