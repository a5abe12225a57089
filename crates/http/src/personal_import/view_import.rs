use actix_web::web::Json;
use paperclip::actix::api_v2_operation;
use reelmark_application::personal_import::{PersonalImportUseCases, ViewImportError};

use super::presenter::ImportResponse;
use crate::extract::{ImportIdInPath, SignedIn, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::Private;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("viewImport", &[ErrorCode::ImportNotFound]);

/// Show an import
///
/// An import that the caller asked for, as far as it is.
#[api_v2_operation(tags(Imports), operation_id = "viewImport")]
pub(super) async fn view_import(
    imports: Uses<dyn PersonalImportUseCases>,
    caller: SignedIn,
    id: ImportIdInPath,
) -> Result<Private<Json<ImportResponse>>, ApiError> {
    let import = imports.view_import(caller.0, id.0).await?;
    Ok(Private(Json((&import).into())))
}

impl From<ViewImportError> for ApiError {
    fn from(error: ViewImportError) -> Self {
        match error {
            ViewImportError::ImportNotFound => Self::new(ErrorCode::ImportNotFound),
            ViewImportError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Api, samples};
    use reelmark_application::personal_import::PersonalImport;
    use reelmark_application::ports::{ImportCounts, ImportProblem};
    use reelmark_domain::ImportStatus;

    const PATH: &str = "/api/v1/users/me/imports/5";

    #[actix_web::test]
    async fn shows_how_far_it_is_and_why_no_further() {
        let problem =
            ImportProblem { code: "truncated".into(), message: "films.zip: cut off".into() };
        let import = PersonalImport {
            status: ImportStatus::Failed,
            format: Some("letterboxd_csv".into()),
            counts: ImportCounts { imported: 3, ..ImportCounts::default() },
            finished_at: Some(samples::ONE),
            problem: Some(problem),
            ..samples::queued_import()
        };
        let mut api = Api::new();
        api.imports.expect_view_import().return_once(|_, _| Ok(import));
        let answer = api.get(PATH).as_member().send().await;
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        let body = answer.json();
        assert_eq!(
            (&body["status"], &body["format"]),
            (&"failed".into(), &"letterboxd_csv".into())
        );
        assert_eq!(body["counts"]["imported"], 3);
        assert_eq!(body["problem"]["code"], "truncated");
        assert_eq!(body["finished_at"], "2026-03-01T13:00:00Z");
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let mut api = Api::new();
        let missing = Err(ViewImportError::ImportNotFound);
        api.imports.expect_view_import().return_once(|_, _| missing);
        api.get(PATH).as_member().send().await.fails(404, "import_not_found");
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
        let answer = Api::new().get("/api/v1/users/me/imports/0").as_member().send().await;
        answer.refuses(&[("id", "out_of_range")]);
    }
}
