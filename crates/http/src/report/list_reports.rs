use std::borrow::Cow;

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::report::{ListReports, ListReportsError, Report, ReportUseCases};
use reelmark_domain::{Caller, Page};
use serde::Serialize;

use super::presenter::ListedReportResponse;
use crate::extract::{Query, SignedIn, Uses};
use crate::openapi::{Rule, page_rules};
use crate::problem::{ApiError, FieldErrors};
use crate::respond::{Listed, PageQuery, PageResponse, Private};

/// A page of reports.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ReportPage {
    /// The reports without their results, newest first.
    items: Vec<ListedReportResponse>,
    /// What to ask the next page with; null on the last one.
    next_cursor: Option<String>,
    /// The number of reports on all pages, when `count=exact` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

/// List your reports
///
/// A page of the reports that the caller asked for, newest first, without their results.
#[api_v2_operation(tags(Reports), operation_id = "listReports")]
pub(super) async fn list_reports(
    reports: Uses<dyn ReportUseCases>,
    caller: SignedIn,
    query: Query<PageQuery>,
) -> Result<Private<Listed<ReportPage>>, ApiError> {
    let query = into_query(query.0, caller.0)?;
    Ok(Private(Listed(reports.list_reports(query).await?.into())))
}

fn into_query(query: PageQuery, caller: Caller) -> Result<ListReports, ApiError> {
    let mut errors = FieldErrors::default();
    let paging = query.check(&mut errors);
    errors.finish(Some(ListReports {
        caller,
        limit: paging.limit,
        cursor: paging.cursor,
        with_total: paging.with_total,
    }))
}

impl From<Page<Report>> for ReportPage {
    fn from(page: Page<Report>) -> Self {
        Self {
            items: page.items.iter().map(ListedReportResponse::from).collect(),
            next_cursor: page.next.map(|cursor| cursor.encode()),
            total: page.total,
        }
    }
}

impl PageResponse for ReportPage {
    fn next_cursor(&self) -> Option<Cow<'_, str>> {
        self.next_cursor.as_deref().map(Cow::from)
    }
}

impl From<ListReportsError> for ApiError {
    fn from(error: ListReportsError) -> Self {
        match error {
            ListReportsError::Cursor(error) => error.into(),
            ListReportsError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    page_rules("listReports")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use reelmark_domain::{Cursor, CursorError, Role};
    use serde_json::json;

    const PATH: &str = "/api/v1/reports";

    #[actix_web::test]
    async fn lists_the_callers_reports_without_results() {
        let mut api = Api::new();
        let is_ours = |query: &ListReports| {
            query.caller == samples::caller(Role::Member) && query.limit.get() == 1
        };
        api.reports.expect_list_reports().withf(is_ours).returning(|_| {
            let next = Some(Cursor::new("reports", &["5"]));
            Ok(Page { items: vec![samples::queued_report()], next, total: None })
        });
        let answer = api.get(&format!("{PATH}?limit=1")).as_member().send().await;
        let expected = json!({
            "items": [{
                "id": 5,
                "kind": "movie",
                "subject": "42",
                "from": null,
                "to": null,
                "status": "queued",
                "requested_at": "2026-03-01T12:00:00Z",
                "finished_at": null,
                "failure": null,
            }],
            "next_cursor": Cursor::new("reports", &["5"]).encode(),
        });
        assert_eq!((answer.status, answer.json()), (200, expected));
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        assert!(answer.header("link").ends_with("rel=\"next\""));
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
        let answer = Api::new().get(&format!("{PATH}?limit=0")).as_member().send().await;
        answer.refuses(&[("limit", "out_of_range")]);
        let mut api = Api::new();
        api.reports.expect_list_reports().returning(|_| Err(CursorError.into()));
        let answer = api.get(PATH).as_member().send().await;
        answer.refuses(&[("cursor", "invalid_cursor")]);
    }
}
