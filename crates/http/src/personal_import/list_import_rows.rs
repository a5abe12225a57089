use std::borrow::Cow;

use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::personal_import::{
    ImportRow, ListImportRows, ListImportRowsError, PersonalImportUseCases,
};
use reelmark_domain::{Caller, ImportId, Page, RowOutcome};
use serde::{Deserialize, Serialize};

use super::presenter::{ImportRowResponse, outcomes};
use crate::extract::{ImportIdInPath, Query, SignedIn, Uses};
use crate::openapi::{OperationErrors, Rule, page_rules};
use crate::problem::{ApiError, ErrorCode, FieldErrors};
use crate::respond::{Listed, PageQuery, PageResponse, Private};

pub(super) const ERRORS: OperationErrors =
    OperationErrors("listImportRows", &[ErrorCode::ImportNotFound]);

/// Which rows to list.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ListImportRowsQuery {
    /// Rows with this outcome alone.
    outcome: Option<String>,
    /// How many items a page holds.
    limit: Option<i64>,
    /// Where the page starts: `next_cursor` of the page before.
    cursor: Option<String>,
    /// `exact` to have the items of all pages counted.
    count: Option<String>,
}

/// A page of rows.
#[derive(Debug, Serialize, Apiv2Schema)]
pub(super) struct ImportRowPage {
    /// The rows, in the order of the file.
    items: Vec<ImportRowResponse>,
    /// What to ask the next page with; null on the last one.
    next_cursor: Option<String>,
    /// The number of rows on all pages, when `count=exact` was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<u64>,
}

/// List the rows of an import
///
/// A page of what became of the rows of a file, in their order there. While the import is running
/// there are those that it came to.
#[api_v2_operation(tags(Imports), operation_id = "listImportRows")]
pub(super) async fn list_import_rows(
    imports: Uses<dyn PersonalImportUseCases>,
    caller: SignedIn,
    id: ImportIdInPath,
    query: Query<ListImportRowsQuery>,
) -> Result<Private<Listed<ImportRowPage>>, ApiError> {
    let query = query.0.into_query(caller.0, id.0)?;
    Ok(Private(Listed(imports.list_import_rows(query).await?.into())))
}

impl ListImportRowsQuery {
    fn into_query(self, caller: Caller, id: ImportId) -> Result<ListImportRows, ApiError> {
        let mut errors = FieldErrors::default();
        let outcome = errors.optional("outcome", self.outcome.as_deref(), RowOutcome::parse);
        let Self { limit, cursor, count, .. } = self;
        let paging = PageQuery { limit, cursor, count }.check(&mut errors);
        errors.finish(Some(ListImportRows {
            caller,
            id,
            outcome,
            limit: paging.limit,
            cursor: paging.cursor,
            with_total: paging.with_total,
        }))
    }
}

impl From<Page<ImportRow>> for ImportRowPage {
    fn from(page: Page<ImportRow>) -> Self {
        Self {
            items: page.items.into_iter().map(ImportRowResponse::from).collect(),
            next_cursor: page.next.map(|cursor| cursor.encode()),
            total: page.total,
        }
    }
}

impl PageResponse for ImportRowPage {
    fn next_cursor(&self) -> Option<Cow<'_, str>> {
        self.next_cursor.as_deref().map(Cow::from)
    }
}

impl From<ListImportRowsError> for ApiError {
    fn from(error: ListImportRowsError) -> Self {
        match error {
            ListImportRowsError::ImportNotFound => Self::new(ErrorCode::ImportNotFound),
            ListImportRowsError::Cursor(error) => error.into(),
            ListImportRowsError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let mut rules = page_rules("listImportRows");
    rules.push(Rule::parameter("listImportRows", "outcome", outcomes()));
    rules
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use reelmark_application::personal_import::ImportCandidate;
    use reelmark_domain::{Role, Score};
    use serde_json::json;

    const PATH: &str = "/api/v1/users/me/imports/5/rows";

    fn row() -> ImportRow {
        let candidate =
            |id, release_year| ImportCandidate { id, title: "Heat".into(), release_year };
        ImportRow {
            number: 2,
            place: "ratings.csv, line 3".into(),
            outcome: RowOutcome::Ambiguous,
            title: Some("Heat".into()),
            release_year: None,
            score: Score::parse(9).ok(),
            movie_id: None,
            confidence: None,
            candidates: vec![candidate(3, Some(1995)), candidate(4, None)],
            reason: None,
        }
    }

    #[actix_web::test]
    async fn lists_rows_of_one_outcome() {
        let mut api = Api::new();
        let is_ours = |query: &ListImportRows| {
            query.caller == samples::caller(Role::Member)
                && (query.id.get(), query.outcome) == (5, Some(RowOutcome::Ambiguous))
        };
        api.imports
            .expect_list_import_rows()
            .withf(is_ours)
            .returning(|_| Ok(Page { items: vec![row()], next: None, total: None }));
        let answer = api.get(&format!("{PATH}?outcome=ambiguous")).as_member().send().await;
        let expected = json!({
            "items": [{
                "number": 2,
                "place": "ratings.csv, line 3",
                "outcome": "ambiguous",
                "title": "Heat",
                "release_year": null,
                "score": 9,
                "movie_id": null,
                "confidence": null,
                "candidates": [
                    {"id": 3, "title": "Heat", "release_year": 1995},
                    {"id": 4, "title": "Heat", "release_year": null},
                ],
                "reason": null,
            }],
            "next_cursor": null,
        });
        assert_eq!(answer.json(), expected);
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let mut api = Api::new();
        let missing = Err(ListImportRowsError::ImportNotFound);
        api.imports.expect_list_import_rows().return_once(|_| missing);
        api.get(PATH).as_member().send().await.fails(404, "import_not_found");
        let answer = Api::new().get(&format!("{PATH}?outcome=lost&limit=0")).as_member();
        answer.send().await.refuses(&[("outcome", "malformed"), ("limit", "out_of_range")]);
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
    }
}
