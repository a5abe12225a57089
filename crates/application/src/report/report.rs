use reelmark_domain::{
    ReportFailure, ReportId, ReportKind, ReportPeriod, ReportStatus, UserId, ValueError,
};
use time::OffsetDateTime;

use super::ReportResult;
use crate::ports::{CorruptRecord, ReportRecord, RepositoryError};

/// A report that somebody asked for, as far as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub id: ReportId,
    pub owner_id: UserId,
    pub kind: ReportKind,
    /// A movie's id or a username; nothing for the catalogue.
    pub subject: Option<String>,
    pub period: ReportPeriod,
    pub status: ReportStatus,
    pub requested_at: OffsetDateTime,
    pub finished_at: Option<OffsetDateTime>,
    pub failure: Option<ReportFailure>,
    /// There when the report is done, unless it is part of a list.
    pub result: Option<ReportResult>,
}

impl TryFrom<ReportRecord> for Report {
    type Error = RepositoryError;

    fn try_from(record: ReportRecord) -> Result<Self, RepositoryError> {
        let row = record.id;
        let corrupt = |column| {
            move |source: ValueError| CorruptRecord { table: "reports", column, row, source }
        };
        let failure = record.failure.as_deref().map(ReportFailure::parse).transpose();
        let result = record.result.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            id: ReportId::parse(row).map_err(corrupt("id"))?,
            owner_id: UserId::parse(record.owner_id).map_err(corrupt("owner_id"))?,
            kind: ReportKind::parse(&record.kind).map_err(corrupt("kind"))?,
            subject: record.subject,
            period: ReportPeriod::new(record.from, record.to).map_err(corrupt("period_to"))?,
            status: ReportStatus::parse(&record.status).map_err(corrupt("status"))?,
            requested_at: record.requested_at,
            finished_at: record.finished_at,
            failure: failure.map_err(corrupt("failure"))?,
            result: result.map_err(|error| RepositoryError::Corrupt(Box::new(error)))?,
        })
    }
}
