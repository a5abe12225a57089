use std::borrow::Cow;

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::personal_import::{
    ListImports, ListImportsError, PersonalImport, PersonalImportUseCases,
};
use reelmark_domain::{Caller, Page};
use serde::Serialize;

use super::presenter::ImportResponse;
use crate::extract::{Query, SignedIn, Uses};
use crate::openapi::{Rule, page_rules};
use crate::problem::{ApiError, FieldErrors};
use crate::respond::{Listed, PageQuery, PageResponse, Private};

/// A page of imports.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ImportPage {
    /// The imports, newest first.
    items: Vec<ImportResponse>,
    /// What to ask the next page with; null on the last one.
    next_cursor: Option<String>,
    /// The number of imports on all pages, when `count=exact` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

/// List your imports
///
/// A page of the imports that the caller asked for in the last 30 days, newest first.
#[api_v2_operation(tags(Imports), operation_id = "listImports")]
pub(super) async fn list_imports(
    imports: Uses<dyn PersonalImportUseCases>,
    caller: SignedIn,
    query: Query<PageQuery>,
) -> Result<Private<Listed<ImportPage>>, ApiError> {
    let query = into_query(query.0, caller.0)?;
    Ok(Private(Listed(imports.list_imports(query).await?.into())))
}

fn into_query(query: PageQuery, caller: Caller) -> Result<ListImports, ApiError> {
    let mut errors = FieldErrors::default();
    let paging = query.check(&mut errors);
    errors.finish(Some(ListImports {
        caller,
        limit: paging.limit,
        cursor: paging.cursor,
        with_total: paging.with_total,
    }))
}

impl From<Page<PersonalImport>> for ImportPage {
    fn from(page: Page<PersonalImport>) -> Self {
        Self {
            items: page.items.iter().map(ImportResponse::from).collect(),
            next_cursor: page.next.map(|cursor| cursor.encode()),
            total: page.total,
        }
    }
}

impl PageResponse for ImportPage {
    fn next_cursor(&self) -> Option<Cow<'_, str>> {
        self.next_cursor.as_deref().map(Cow::from)
    }
}

impl From<ListImportsError> for ApiError {
    fn from(error: ListImportsError) -> Self {
        match error {
            ListImportsError::Cursor(error) => error.into(),
            ListImportsError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    page_rules("listImports")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use reelmark_domain::{Cursor, CursorError, Role};

    const PATH: &str = "/api/v1/users/me/imports";

    #[actix_web::test]
    async fn lists_the_callers_imports() {
        let mut api = Api::new();
        let is_ours = |query: &ListImports| {
            query.caller == samples::caller(Role::Member) && query.limit.get() == 1
        };
        api.imports.expect_list_imports().withf(is_ours).returning(|_| {
            let next = Some(Cursor::new("imports", &["5"]));
            Ok(Page { items: vec![samples::queued_import()], next, total: Some(3) })
        });
        let answer = api.get(&format!("{PATH}?limit=1&count=exact")).as_member().send().await;
        let body = answer.json();
        assert_eq!((&body["items"][0]["id"], &body["total"]), (&5.into(), &3.into()));
        assert!(answer.header("link").ends_with("rel=\"next\""));
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
        let answer = Api::new().get(&format!("{PATH}?limit=0")).as_member().send().await;
        answer.refuses(&[("limit", "out_of_range")]);
        let mut api = Api::new();
        api.imports.expect_list_imports().returning(|_| Err(CursorError.into()));
        let answer = api.get(PATH).as_member().send().await;
        answer.refuses(&[("cursor", "invalid_cursor")]);
    }
}
