use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::report::{
    ReportSubject, ReportUseCases, RequestReport, RequestReportError,
};
use reelmark_domain::{Caller, MovieId, ReportKind, ReportPeriod, Username, ValueError};
use serde::Deserialize;
use serde_json::json;

use super::presenter::ReportResponse;
use crate::extract::{Body, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::Accepted;

pub(super) const ERRORS: OperationErrors = OperationErrors(
    "requestReport",
    &[
        ErrorCode::Forbidden,
        ErrorCode::MovieNotFound,
        ErrorCode::UserNotFound,
        ErrorCode::TooManyReports,
    ],
);

/// A report to make.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestReportRequest {
    /// What it is about: movie, user or catalogue.
    kind: Option<String>,
    /// The movie's id or the username. A report about a user without one is about the caller; one
    /// about the catalogue has none.
    subject: Option<String>,
    /// The first day to look at, such as 2026-03-01, in UTC.
    from: Option<String>,
    /// The day after the last one.
    to: Option<String>,
}

/// Ask for a report
///
/// Has a report made in the background, about a movie, about the caller's own ratings, or, for
/// admins, about anybody's ratings and the whole catalogue. Ratings belong to the day on which they
/// were last given. Ask for the report at its Location until its status is done or failed; it is
/// kept for 30 days.
#[api_v2_operation(tags(Reports), operation_id = "requestReport")]
pub(super) async fn request_report(
    reports: Uses<dyn ReportUseCases>,
    caller: SignedIn,
    body: Body<RequestReportRequest>,
) -> Result<Accepted<ReportResponse>, ApiError> {
    let report = reports.request_report(body.0.into_command(caller.0)?).await?;
    let location = format!("/api/v1/reports/{}", report.id);
    Ok(Accepted { location, body: (&report).into() })
}

impl RequestReportRequest {
    fn into_command(self, caller: Caller) -> Result<RequestReport, ApiError> {
        let mut errors = FieldErrors::default();
        let kind = errors.required("kind", self.kind.as_deref(), ReportKind::parse);
        let subject = kind.and_then(|kind| subject(&mut errors, kind, self.subject.as_deref()));
        let from = errors.optional("from", self.from.as_deref(), ReportPeriod::parse_day);
        let to = errors.optional("to", self.to.as_deref(), ReportPeriod::parse_day);
        let period =
            errors.optional("to", Some((from, to)), |(from, to)| ReportPeriod::new(from, to));
        let command = subject.zip(period);
        errors.finish(command.map(|(subject, period)| RequestReport { caller, subject, period }))
    }
}

fn subject(errors: &mut FieldErrors, kind: ReportKind, raw: Option<&str>) -> Option<ReportSubject> {
    match (kind, raw) {
        (ReportKind::Movie, raw) => {
            errors.required("subject", raw, movie_id).map(ReportSubject::Movie)
        }
        (ReportKind::User, None) => Some(ReportSubject::User(None)),
        (ReportKind::User, raw) => errors
            .optional("subject", raw, Username::parse)
            .map(|name| ReportSubject::User(Some(name))),
        (ReportKind::Catalogue, None) => Some(ReportSubject::Catalogue),
        (ReportKind::Catalogue, Some(_)) => {
            errors.add("subject", "malformed", "must be absent for the catalogue");
            None
        }
    }
}

fn movie_id(raw: &str) -> Result<MovieId, ValueError> {
    let id = raw.parse().map_err(|_| ValueError::Malformed { expected: "a movie's id" })?;
    MovieId::parse(id)
}

impl From<RequestReportError> for ApiError {
    fn from(error: RequestReportError) -> Self {
        match error {
            RequestReportError::Forbidden(forbidden) => forbidden.into(),
            RequestReportError::MovieNotFound => Self::new(ErrorCode::MovieNotFound),
            RequestReportError::UserNotFound => Self::new(ErrorCode::UserNotFound),
            RequestReportError::TooManyReports => Self::new(ErrorCode::TooManyReports),
            RequestReportError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let schema = "RequestReportRequest";
    let kinds = ReportKind::ALL.map(ReportKind::as_str);
    vec![
        Rule::required(schema, "kind"),
        Rule::property(schema, "kind", json!({"enum": kinds})),
        Rule::property(schema, "subject", json!({"example": "42"})),
        Rule::property(schema, "from", json!({"format": "date", "example": "2026-01-01"})),
        Rule::property(schema, "to", json!({"format": "date", "example": "2027-01-01"})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::{Action, Role};
    use serde_json::{Value, json};
    use time::macros::date;

    const PATH: &str = "/api/v1/reports";

    async fn refused(body: Value) -> Answer {
        Api::new().post(PATH, body).as_member().send().await
    }

    async fn failing_with(error: RequestReportError) -> Answer {
        let mut api = Api::new();
        api.reports.expect_request_report().return_once(|_| Err(error));
        api.post(PATH, json!({"kind": "catalogue"})).as_member().send().await
    }

    /// Asks for `body` and expects the use case to see this subject.
    async fn ask(body: Value, subject: ReportSubject) -> Answer {
        let mut api = Api::new();
        let is_ours = move |command: &RequestReport| {
            command.caller == samples::caller(Role::Member) && command.subject == subject
        };
        let asking = api.reports.expect_request_report().withf(is_ours);
        asking.returning(|_| Ok(samples::queued_report()));
        api.post(PATH, body).as_member().send().await
    }

    #[actix_web::test]
    async fn accepts_a_request_and_says_where_the_report_will_be() {
        let subject = ReportSubject::Movie(samples::movie_id());
        let answer = ask(json!({"kind": "movie", "subject": "42"}), subject).await;
        assert_eq!((answer.status, answer.header("location")), (202, "/api/v1/reports/5"));
        let body = answer.json();
        assert_eq!((&body["id"], &body["status"]), (&json!(5), &json!("queued")));
        assert_eq!((&body["result"], &body["failure"]), (&Value::Null, &Value::Null));
    }

    #[actix_web::test]
    async fn takes_every_subject() {
        let ada = Username::parse("ada").ok();
        let cases = [
            (json!({"kind": "user"}), ReportSubject::User(None)),
            (json!({"kind": "user", "subject": "ada"}), ReportSubject::User(ada)),
            (json!({"kind": "catalogue", "subject": null}), ReportSubject::Catalogue),
        ];
        for (body, subject) in cases {
            assert_eq!(ask(body, subject).await.status, 202);
        }
    }

    #[actix_web::test]
    async fn takes_a_period_open_at_either_end() {
        let mut api = Api::new();
        let is_ours = |command: &RequestReport| {
            let period = command.period;
            (period.from(), period.to()) == (Some(date!(2026 - 03 - 01)), None)
        };
        let asking = api.reports.expect_request_report().withf(is_ours);
        asking.returning(|_| Ok(samples::queued_report()));
        let body = json!({"kind": "user", "from": "2026-03-01"});
        assert_eq!(api.post(PATH, body).as_member().send().await.status, 202);
    }

    #[actix_web::test]
    async fn names_every_field_that_breaks_a_rule() {
        let cases = [
            (json!({}), vec![("kind", "required")]),
            (json!({"kind": "week"}), vec![("kind", "malformed")]),
            (json!({"kind": "movie"}), vec![("subject", "required")]),
            (json!({"kind": "movie", "subject": "Up"}), vec![("subject", "malformed")]),
            (json!({"kind": "movie", "subject": "0"}), vec![("subject", "out_of_range")]),
            (json!({"kind": "user", "subject": "a"}), vec![("subject", "too_short")]),
            (json!({"kind": "catalogue", "subject": "42"}), vec![("subject", "malformed")]),
            (
                json!({"kind": "movie", "from": "soon", "to": "2026-02-30"}),
                vec![("subject", "required"), ("from", "malformed"), ("to", "malformed")],
            ),
            (
                json!({"kind": "user", "from": "2026-03-02", "to": "2026-03-01"}),
                vec![("to", "malformed")],
            ),
            (json!({"kind": "user", "format": "pdf"}), vec![("format", "unknown_field")]),
            (json!({"kind": "movie", "subject": 42}), vec![("subject", "invalid_type")]),
        ];
        for (body, fields) in cases {
            refused(body).await.refuses(&fields);
        }
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let forbidden = samples::caller(Role::Member).authorize(Action::ReportOnCatalogue);
        failing_with(forbidden.unwrap_err().into()).await.fails(403, "forbidden");
        failing_with(RequestReportError::MovieNotFound).await.fails(404, "movie_not_found");
        failing_with(RequestReportError::UserNotFound).await.fails(404, "user_not_found");
        failing_with(RequestReportError::TooManyReports).await.fails(409, "too_many_reports");
        failing_with(samples::unavailable().into()).await.fails(503, "unavailable");
        let body = json!({"kind": "catalogue"});
        Api::new().post(PATH, body).send().await.fails(401, "unauthenticated");
    }
}
