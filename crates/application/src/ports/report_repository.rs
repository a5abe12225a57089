use async_trait::async_trait;
use time::{Date, Duration, OffsetDateTime};

use super::RepositoryError;

/// A report as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportRecord {
    pub id: i64,
    /// Who asked for it.
    pub owner_id: i64,
    pub kind: String,
    /// A movie's id or a username; `None` for the catalogue.
    pub subject: Option<String>,
    /// The first day it looks at.
    pub from: Option<Date>,
    /// The day after the last one.
    pub to: Option<Date>,
    pub status: String,
    pub requested_at: OffsetDateTime,
    /// When it was last claimed.
    pub started_at: Option<OffsetDateTime>,
    pub finished_at: Option<OffsetDateTime>,
    /// Why there will be no result.
    pub failure: Option<String>,
    /// JSON; lists leave it out.
    pub result: Option<String>,
}

/// A report to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InsertReport {
    pub owner_id: i64,
    pub kind: String,
    pub subject: Option<String>,
    pub from: Option<Date>,
    pub to: Option<Date>,
    pub at: OffsetDateTime,
    /// How many reports their owner may have that are not finished, this one included.
    pub most_unfinished: i64,
}

/// A page of somebody's reports, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListedReports {
    pub owner_id: i64,
    /// The list starts behind the report with this id.
    pub after: Option<i64>,
    /// The greatest number of reports to return.
    pub limit: usize,
}

/// What came of claiming a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReportClaim {
    /// It is the caller's to make until the lease runs out. Its `started_at` names the claim.
    Taken(Box<ReportRecord>),
    /// Somebody else is making it.
    Busy,
    /// It is finished or gone.
    Over,
}

/// A claim on a report that the caller has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportHold {
    pub id: i64,
    pub started_at: OffsetDateTime,
}

/// Keeps the reports that were asked for, and their results.
#[cfg_attr(any(test, feature = "mocks"), mockall::automock)]
#[async_trait]
pub trait ReportRepository: Send + Sync {
    /// Stores a report as `queued`, and the outbox message `report_requested.v1` in the same
    /// transaction. `None`, and nothing is stored, when its owner would have more than
    /// `most_unfinished` reports that are `queued` or `running`, or doesn't exist.
    ///
    /// MUST keep that bound under concurrent requests of the same owner.
    async fn request(&self, report: InsertReport) -> Result<Option<ReportRecord>, RepositoryError>;

    /// The report with this id, as last written.
    async fn find(&self, id: i64) -> Result<Option<ReportRecord>, RepositoryError>;

    /// Somebody's reports without their results, strictly behind `after`, by id descending.
    async fn list(&self, list: ListedReports) -> Result<Vec<ReportRecord>, RepositoryError>;

    /// How many reports [`Self::list`] has on all pages.
    async fn count(&self, owner_id: i64) -> Result<u64, RepositoryError>;

    /// Claims a report that is `queued`, or `running` since `now - lease` or longer; it is
    /// `running` since `now` from then on.
    ///
    /// MUST give it to one claimant alone when several try at once.
    async fn start(
        &self,
        id: i64,
        now: OffsetDateTime,
        lease: Duration,
    ) -> Result<ReportClaim, RepositoryError>;

    /// Makes a report `done` with this result. Returns whether the claim still held; nothing is
    /// stored when it didn't.
    async fn finish(
        &self,
        hold: ReportHold,
        result: String,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError>;

    /// Makes a report `failed` for this reason. Returns whether the claim still held; nothing is
    /// stored when it didn't.
    async fn fail(
        &self,
        hold: ReportHold,
        failure: String,
        at: OffsetDateTime,
    ) -> Result<bool, RepositoryError>;

    /// Gives a claimed report back, so that it is `queued` again. Returns whether the claim still
    /// held; nothing is stored when it didn't.
    async fn release(&self, hold: ReportHold) -> Result<bool, RepositoryError>;

    /// Removes up to `limit` reports that were requested before `before`; returns how many.
    async fn prune(&self, before: OffsetDateTime, limit: usize) -> Result<usize, RepositoryError>;
}
