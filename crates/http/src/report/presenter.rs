use paperclip::actix::Apiv2Schema;
use paperclip::v2::models::{DataType, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema as Schema;
use reelmark_application::report::Report;
use serde::Serialize;

use super::content::ResultResponse;
use crate::timestamp::timestamp;

/// A report as far as it is.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ReportResponse {
    /// The report's id.
    id: i64,
    /// What it is about: movie, user or catalogue.
    kind: &'static str,
    /// The movie's id or the username; null for the catalogue.
    subject: Option<String>,
    /// The first day it looks at.
    from: Option<String>,
    /// The day after the last one.
    to: Option<String>,
    /// queued, running, done or failed.
    status: &'static str,
    /// When it was asked for.
    requested_at: String,
    /// When it was done or failed.
    finished_at: Option<String>,
    /// Why there will be no result: subject_gone, took_too_long or internal_error.
    failure: Option<String>,
    /// What it says, by its kind, once it is done.
    result: Option<ResultResponse>,
}

/// A report in a list.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ListedReportResponse {
    /// The report's id.
    id: i64,
    /// What it is about: movie, user or catalogue.
    kind: &'static str,
    /// The movie's id or the username; null for the catalogue.
    subject: Option<String>,
    /// The first day it looks at.
    from: Option<String>,
    /// The day after the last one.
    to: Option<String>,
    /// queued, running, done or failed.
    status: &'static str,
    /// When it was asked for.
    requested_at: String,
    /// When it was done or failed.
    finished_at: Option<String>,
    /// Why there will be no result: subject_gone, took_too_long or internal_error.
    failure: Option<String>,
}

impl From<&Report> for ReportResponse {
    fn from(report: &Report) -> Self {
        let ListedReportResponse {
            id,
            kind,
            subject,
            from,
            to,
            status,
            requested_at,
            finished_at,
            failure,
        } = report.into();
        let result = report.result.as_ref().map(ResultResponse::from);
        Self { id, kind, subject, from, to, status, requested_at, finished_at, failure, result }
    }
}

impl From<&Report> for ListedReportResponse {
    fn from(report: &Report) -> Self {
        Self {
            id: report.id.get(),
            kind: report.kind.as_str(),
            subject: report.subject.clone(),
            from: report.period.from().map(|day| day.to_string()),
            to: report.period.to().map(|day| day.to_string()),
            status: report.status.as_str(),
            requested_at: timestamp(report.requested_at),
            finished_at: report.finished_at.map(timestamp),
            failure: report.failure.map(|failure| failure.to_string()),
        }
    }
}

/// Paperclip has no "one of"; the document says it by a rule.
impl Schema for ResultResponse {
    fn raw_schema() -> DefaultSchemaRaw {
        DefaultSchemaRaw { data_type: Some(DataType::Object), ..DefaultSchemaRaw::default() }
    }
}
