use std::borrow::Cow;
use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::http::header;
use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::{Apiv2Schema, OperationModifier};
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use reelmark_domain::{Cursor, PageLimit};
use serde::Deserialize;

use super::Content;
use crate::problem::{FieldErrors, INVALID_CURSOR};

/// A page as clients see it.
pub(crate) trait PageResponse: Content + Apiv2Schema {
    /// What to ask the next page with; nothing on the last page.
    fn next_cursor(&self) -> Option<Cow<'_, str>>;
}

/// 200 with a page and a `Link` to the next one.
pub(crate) struct Listed<T>(pub(crate) T);

/// The raw query parameters that every list understands.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    /// How many items a page holds.
    pub(crate) limit: Option<i64>,
    /// Where the page starts: `next_cursor` of the page before.
    pub(crate) cursor: Option<String>,
    /// `exact` to have the items of all pages counted.
    pub(crate) count: Option<String>,
}

/// The checked query parameters that every list understands.
pub(crate) struct Paging {
    pub(crate) limit: PageLimit,
    pub(crate) cursor: Option<Cursor>,
    pub(crate) with_total: bool,
}

impl PageQuery {
    /// Checks the three, reporting into `errors` what is wrong with them.
    pub(crate) fn check(self, errors: &mut FieldErrors) -> Paging {
        let limit = errors.optional("limit", self.limit, PageLimit::parse).unwrap_or_default();
        let cursor = self.cursor.as_deref().and_then(|raw| match Cursor::parse(raw) {
            Ok(cursor) => Some(cursor),
            Err(error) => {
                errors.add("cursor", INVALID_CURSOR, &error.to_string());
                None
            }
        });
        let with_total = match self.count.as_deref() {
            None => false,
            Some("exact") => true,
            Some(_) => {
                errors.add("count", "malformed", "must be exact");
                false
            }
        };
        Paging { limit, cursor, with_total }
    }
}

impl<T: PageResponse> Responder for Listed<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        if let Some(cursor) = self.0.next_cursor() {
            let link = format!("<{}>; rel=\"next\"", next_page(request, &cursor));
            response.insert_header((header::LINK, link));
        }
        self.0.put_into(&mut response)
    }
}

/// The address of this page with another cursor: a reference relative to the host, because only the
/// client knows by which name it reached us.
fn next_page(request: &HttpRequest, cursor: &str) -> String {
    let others = request.query_string().split('&');
    let others = others.filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let cursor = format!("cursor={cursor}");
    let query: Vec<&str> = others.chain([cursor.as_str()]).collect();
    format!("{}?{}", request.path(), query.join("&"))
}

impl<T: Apiv2Schema> Apiv2Schema for Listed<T> {
    fn name() -> Option<String> {
        T::name()
    }

    fn raw_schema() -> DefaultSchemaRaw {
        T::raw_schema()
    }
}

impl<T: Apiv2Schema> OperationModifier for Listed<T> {
    fn update_response(op: &mut DefaultOperationRaw) {
        Json::<T>::update_response(op);
    }

    fn update_definitions(map: &mut BTreeMap<String, DefaultSchemaRaw>) {
        Json::<T>::update_definitions(map);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_next_page_keeps_every_filter() {
        let request = TestRequest::with_uri("/api/v1/movies?genre=Drama&cursor=old&limit=7");
        let next = next_page(&request.to_http_request(), "new");
        assert_eq!(next, "/api/v1/movies?genre=Drama&limit=7&cursor=new");
    }

    #[test]
    fn reports_all_three_at_once() {
        let mut errors = FieldErrors::default();
        let (cursor, count) = (Some("tampered".into()), Some("about".into()));
        PageQuery { limit: Some(101), cursor, count }.check(&mut errors);
        let problem = errors.finish(Some(())).unwrap_err().document("r");
        let fields = ["limit", "cursor", "count"];
        assert!(
            fields.iter().enumerate().all(|(n, field)| problem["errors"][n]["field"] == *field)
        );
    }
}
