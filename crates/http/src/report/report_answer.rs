use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::OperationModifier;
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::ports::ReportFormat;
use reelmark_application::report::{ExportedReport, Report};
use reelmark_domain::ReportStatus;

use super::content::{CatalogueReportResponse, MovieReportResponse, UserReportResponse};
use super::presenter::ReportResponse;
use crate::respond::{EntityTag, Tagged};

/// Seconds after which an unfinished report is worth another look.
const LOOK_AGAIN: u32 = 1;

/// A report in the form that was asked for, with an `ETag` of its own in each.
pub(super) enum ReportAnswer {
    Json { answer: Tagged<Box<ReportResponse>>, is_finished: bool },
    File(ReportFile),
}

pub(super) struct ReportFile {
    tag: EntityTag,
    content_type: &'static str,
    disposition: String,
    text: String,
}

impl ReportAnswer {
    pub(super) fn json(report: &Report) -> Self {
        let is_finished = matches!(report.status, ReportStatus::Done | ReportStatus::Failed);
        let tag = EntityTag::of_report(report.status, "json");
        Self::Json { answer: Tagged { tag, body: Box::new(report.into()) }, is_finished }
    }

    pub(super) fn file(exported: ExportedReport, format: ReportFormat) -> Self {
        let ExportedReport { report, text } = exported;
        let (extension, content_type, disposition) = match format {
            ReportFormat::Csv => ("csv", "text/csv; charset=utf-8", "attachment"),
            ReportFormat::Html => ("html", "text/html; charset=utf-8", "inline"),
        };
        Self::File(ReportFile {
            tag: EntityTag::of_report(report.status, extension),
            content_type,
            disposition: format!("{disposition}; filename=\"report-{}.{extension}\"", report.id),
            text,
        })
    }
}

impl Responder for ReportAnswer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = match self {
            Self::Json { answer, is_finished } => {
                let mut response = answer.respond_to(request);
                if !is_finished {
                    let again = HeaderValue::from(LOOK_AGAIN);
                    response.headers_mut().insert(header::RETRY_AFTER, again);
                }
                response
            }
            Self::File(file) => file.respond_to(request),
        };
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("Accept"));
        response
    }
}

impl Responder for ReportFile {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let is_known = self.tag.is_known_to(request);
        let etag = (header::ETAG, self.tag.into_header());
        if is_known {
            return HttpResponse::NotModified().insert_header(etag).finish();
        }
        HttpResponse::Ok()
            .insert_header(etag)
            .insert_header((header::CONTENT_TYPE, self.content_type))
            .insert_header((header::CONTENT_DISPOSITION, self.disposition))
            .body(self.text)
    }
}

impl Apiv2Schema for ReportAnswer {
    fn name() -> Option<String> {
        ReportResponse::name()
    }

    fn raw_schema() -> DefaultSchemaRaw {
        ReportResponse::raw_schema()
    }
}

impl OperationModifier for ReportAnswer {
    fn update_response(op: &mut DefaultOperationRaw) {
        Tagged::<ReportResponse>::update_response(op);
    }

    fn update_definitions(map: &mut BTreeMap<String, DefaultSchemaRaw>) {
        Json::<ReportResponse>::update_definitions(map);
        Json::<MovieReportResponse>::update_definitions(map);
        Json::<UserReportResponse>::update_definitions(map);
        Json::<CatalogueReportResponse>::update_definitions(map);
    }
}
