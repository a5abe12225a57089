use paperclip::actix::api_v2_operation;
use reelmark_application::ports::ReportFormat;
use reelmark_application::report::{
    ExportReport, ExportReportError, ReportUseCases, ViewReportError,
};
use reelmark_domain::{ReportStatus, Score};
use serde_json::json;

use super::report_answer::ReportAnswer;
use crate::extract::{ReportIdInPath, ReportMedia, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode};
use crate::respond::Private;

pub(super) const ERRORS: OperationErrors = OperationErrors(
    "viewReport",
    &[ErrorCode::ReportNotFound, ErrorCode::NotAcceptable, ErrorCode::ReportNotReady],
);

/// Show a report
///
/// A report that the caller asked for, with its result once it is done. With
/// `Accept: text/csv` a finished report comes as one row per number, with `Accept: text/html` as a
/// page with charts.
#[api_v2_operation(tags(Reports), operation_id = "viewReport")]
pub(super) async fn view_report(
    reports: Uses<dyn ReportUseCases>,
    caller: SignedIn,
    id: ReportIdInPath,
    media: ReportMedia,
) -> Result<Private<ReportAnswer>, ApiError> {
    let format = match media {
        ReportMedia::Json => {
            let report = reports.view_report(caller.0, id.0).await?;
            return Ok(Private(ReportAnswer::json(&report)));
        }
        ReportMedia::Csv => ReportFormat::Csv,
        ReportMedia::Html => ReportFormat::Html,
    };
    let query = ExportReport { caller: caller.0, id: id.0, format };
    Ok(Private(ReportAnswer::file(reports.export_report(query).await?, format)))
}

impl From<ViewReportError> for ApiError {
    fn from(error: ViewReportError) -> Self {
        match error {
            ViewReportError::ReportNotFound => Self::new(ErrorCode::ReportNotFound),
            ViewReportError::Store(error) => error.into(),
        }
    }
}

impl From<ExportReportError> for ApiError {
    fn from(error: ExportReportError) -> Self {
        match error {
            ExportReportError::ReportNotFound => Self::new(ErrorCode::ReportNotFound),
            ExportReportError::ReportNotReady(status) => not_ready(status),
            ExportReportError::Store(error) => error.into(),
            ExportReportError::Writer(error) => Self::new(ErrorCode::Internal).caused_by(error),
        }
    }
}

fn not_ready(status: ReportStatus) -> ApiError {
    ApiError::new(ErrorCode::ReportNotReady).detail(format!("The report is {status}."))
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "ReportResponse";
    let statuses = ReportStatus::ALL.map(ReportStatus::as_str);
    let results = ["MovieReportResponse", "UserReportResponse", "CatalogueReportResponse"];
    let results = results.map(|name| json!({"$ref": format!("#/components/schemas/{name}")}));
    let histogram = json!({"minItems": 10, "maxItems": 10});
    let score = json!({"minimum": Score::MIN, "maximum": Score::MAX});
    vec![
        Rule::parameter("viewReport", "id", json!({"minimum": 1, "example": 5})),
        Rule::property(schema, "status", json!({"enum": statuses})),
        Rule::property(schema, "from", json!({"format": "date"})),
        Rule::property(schema, "to", json!({"format": "date"})),
        Rule::property(schema, "requested_at", json!({"format": "date-time"})),
        Rule::property(schema, "finished_at", json!({"format": "date-time"})),
        Rule::property(schema, "result", json!({"oneOf": results})),
        Rule::property("MovieReportResponse", "numbers.histogram", histogram),
        Rule::property("UserReportResponse", "numbers.mean", score),
        Rule::content("viewReport", "text/csv"),
        Rule::content("viewReport", "text/html"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use mockall::predicate::eq;
    use reelmark_application::report::{ExportedReport, Report};
    use reelmark_domain::{ReportId, Role};
    use serde_json::Value;

    const PATH: &str = "/api/v1/reports/5";

    async fn view(report: Report, headers: &[(&str, &str)]) -> Answer {
        let mut api = Api::new();
        let (caller, id) = (samples::caller(Role::Member), ReportId::parse(5).unwrap());
        let viewing = api.reports.expect_view_report().with(eq(caller), eq(id));
        viewing.return_once(|_, _| Ok(report));
        let call = api.get(PATH).as_member();
        headers.iter().fold(call, |call, (name, value)| call.header(name, value)).send().await
    }

    async fn export(accept: &str, outcome: Result<Report, ExportReportError>) -> Answer {
        let mut api = Api::new();
        api.reports.expect_export_report().return_once(|query| {
            let text = format!("{:?}", query.format);
            outcome.map(|report| ExportedReport { report, text })
        });
        api.get(PATH).as_member().header("Accept", accept).send().await
    }

    #[actix_web::test]
    async fn shows_a_finished_report_with_its_result() {
        let answer = view(samples::done_report(), &[]).await;
        assert_eq!(answer.status, 200);
        assert!(answer.header("vary").starts_with("Accept,"));
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        let body = answer.json();
        assert_eq!((&body["status"], &body["kind"]), (&json!("done"), &json!("movie")));
        assert_eq!(body["finished_at"], "2026-03-01T13:00:00Z");
        let numbers = json!({
            "count": 3,
            "mean": 7.0,
            "standard_deviation": 1.5,
            "polarization": 0.25,
            "histogram": [0, 0, 0, 0, 1, 0, 0, 2, 0, 0],
        });
        let result = json!({
            "movie": {"id": 42, "title": "Stalker", "release_year": 1979},
            "numbers": numbers,
            "weighted_score": 6.5,
            "by_month": [{"key": "2026-03", "count": 3, "mean": 7.0}],
        });
        assert_eq!(body["result"], result);
    }

    #[actix_web::test]
    async fn an_unfinished_report_has_no_result_and_says_when_to_look_again() {
        let answer = view(samples::queued_report(), &[]).await;
        assert_eq!((answer.status, answer.header("retry-after")), (200, "1"));
        assert_eq!(answer.json()["result"], Value::Null);
    }

    #[actix_web::test]
    async fn a_known_report_is_not_sent_again() {
        let etag = view(samples::done_report(), &[]).await.header("etag").to_owned();
        let again = view(samples::done_report(), &[("If-None-Match", &etag)]).await;
        assert_eq!((again.status, again.header("etag")), (304, etag.as_str()));
        let queued = view(samples::queued_report(), &[("If-None-Match", &etag)]).await;
        assert_eq!(queued.status, 200);
        let csv = export("text/csv", Ok(samples::done_report())).await;
        assert_ne!(csv.header("etag"), etag, "another form is another thing");
    }

    #[actix_web::test]
    async fn hands_out_csv_and_html_when_asked() {
        let csv = export("text/csv", Ok(samples::done_report())).await;
        assert_eq!((csv.status, csv.text()), (200, "Csv"));
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        let disposition = csv.header("content-disposition");
        assert_eq!(disposition, "attachment; filename=\"report-5.csv\"");
        let html = export("text/html,*/*;q=0.8", Ok(samples::done_report())).await;
        assert_eq!((html.status, html.text()), (200, "Html"));
        assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
        assert!(html.header("vary").starts_with("Accept,"));
    }

    #[actix_web::test]
    async fn says_when_it_has_no_such_form() {
        for accept in ["application/pdf", "image/*", "text/csv;q=0"] {
            let answer = Api::new().get(PATH).as_member().header("Accept", accept).send().await;
            answer.fails(406, "not_acceptable");
        }
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let not_ready = ExportReportError::ReportNotReady(ReportStatus::Running);
        let answer = export("text/csv", Err(not_ready)).await;
        answer.fails(409, "report_not_ready");
        assert_eq!(answer.header("retry-after"), "1");
        let answer = export("text/html", Err(ExportReportError::ReportNotFound)).await;
        answer.fails(404, "report_not_found");
        let mut api = Api::new();
        let missing = Err(ViewReportError::ReportNotFound);
        api.reports.expect_view_report().return_once(|_, _| missing);
        api.get(PATH).as_member().send().await.fails(404, "report_not_found");
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
        let answer = Api::new().get("/api/v1/reports/0").as_member().send().await;
        answer.refuses(&[("id", "out_of_range")]);
    }
}
