use paperclip::actix::{Apiv2Schema, api_v2_operation};
use reelmark_application::personal_import::{
    PersonalImportUseCases, RequestImport, RequestImportError,
};
use serde::Deserialize;
use serde_json::json;

use super::presenter::ImportResponse;
use crate::extract::{Query, SignedIn, Upload, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode};
use crate::respond::Accepted;

pub(super) const ERRORS: OperationErrors = OperationErrors(
    "requestImport",
    &[
        ErrorCode::MalformedRequest,
        ErrorCode::Forbidden,
        ErrorCode::TooManyImports,
        ErrorCode::BodyTooLarge,
        ErrorCode::Overloaded,
    ],
);

/// How to import.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestImportQuery {
    /// Whether only to tell what would be.
    dry_run: Option<bool>,
}

/// Bring ratings along
///
/// Takes a file with the caller's ratings from elsewhere, up to 20 MB: the archive or a CSV of
/// Letterboxd, the ratings CSV of IMDb, the ratings JSON of Trakt, or a CSV of MovieLens. It comes
/// as the part `file` of a form, or as the body itself; its content tells the format. It is imported
/// in the background: ask for the import at its Location until its status is done or failed. What
/// became of its rows is kept for 30 days.
#[api_v2_operation(tags(Imports), operation_id = "requestImport")]
pub(super) async fn request_import(
    imports: Uses<dyn PersonalImportUseCases>,
    caller: SignedIn,
    query: Query<RequestImportQuery>,
    upload: Upload,
) -> Result<Accepted<ImportResponse>, ApiError> {
    let Upload { file_name, content, .. } = upload;
    let dry_run = query.0.dry_run.unwrap_or(false);
    let command = RequestImport { caller: caller.0, file_name, content, dry_run };
    let import = imports.request_import(command).await?;
    let location = format!("/api/v1/users/me/imports/{}", import.id);
    Ok(Accepted { location, body: (&import).into() })
}

impl From<RequestImportError> for ApiError {
    fn from(error: RequestImportError) -> Self {
        match error {
            RequestImportError::Forbidden(forbidden) => forbidden.into(),
            RequestImportError::TooManyImports => Self::new(ErrorCode::TooManyImports),
            RequestImportError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let file = json!({"type": "string", "format": "binary"});
    let form = json!({
        "type": "object",
        "required": ["file"],
        "properties": {"file": file},
        "additionalProperties": false,
    });
    let body = json!({
        "required": true,
        "content": {
            "multipart/form-data": {"schema": form},
            "application/octet-stream": {"schema": file},
        },
    });
    vec![
        Rule::request_body("requestImport", body),
        Rule::parameter("requestImport", "dry_run", json!({"default": false})),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_domain::Role;

    const PATH: &str = "/api/v1/users/me/imports";
    const FORM: &str = "multipart/form-data; boundary=XX";

    /// An API that expects this file.
    fn expecting(file_name: &'static str, content: &'static str, dry_run: bool) -> Api {
        let mut api = Api::new();
        let is_ours = move |command: &RequestImport| {
            (command.caller, command.dry_run) == (samples::caller(Role::Member), dry_run)
                && command.file_name.as_str() == file_name
                && command.content == content.as_bytes()
        };
        let taking = api.imports.expect_request_import().withf(is_ours);
        taking.once().returning(|_| Ok(samples::queued_import()));
        api
    }

    fn part(disposition: &str, content: &str) -> String {
        format!("--XX\r\nContent-Disposition: form-data; {disposition}\r\n\r\n{content}\r\n")
    }

    async fn refused(kind: &str, body: String) -> Answer {
        Api::new().call("POST", PATH).as_member().body(kind, body).send().await
    }

    #[actix_web::test]
    async fn takes_a_form_and_says_where_the_import_will_be() {
        let body =
            part(r#"name="file"; filename="C:\\mine\\ratings.csv""#, "Date,Name") + "--XX--\r\n";
        let api = expecting("ratings.csv", "Date,Name", false);
        let answer = api.call("POST", PATH).as_member().body(FORM, body).send().await;
        assert_eq!((answer.status, answer.header("location")), (202, "/api/v1/users/me/imports/5"));
        let expected = json!({
            "id": 5,
            "status": "queued",
            "dry_run": false,
            "file_name": "ratings.csv",
            "format": null,
            "counts": {
                "imported": 0, "unchanged": 0, "ambiguous": 0,
                "unmatched": 0, "invalid": 0, "skipped": 0,
            },
            "created_at": "2026-03-01T12:00:00Z",
            "finished_at": null,
            "problem": null,
        });
        assert_eq!(answer.json(), expected);
    }

    #[actix_web::test]
    async fn takes_the_body_itself_whatever_it_claims_to_be() {
        for kind in ["text/csv", "application/json", "application/zip"] {
            let api = expecting("upload", "PK or not", true);
            let call = api.call("POST", &format!("{PATH}?dry_run=true")).as_member();
            assert_eq!(call.body(kind, "PK or not").send().await.status, 202, "{kind}");
        }
        let named = expecting("films.zip", "PK", false).call("POST", PATH).as_member();
        let named = named.header("Content-Disposition", "attachment; filename=\"films.zip\"");
        assert_eq!(named.body("application/zip", "PK").send().await.status, 202);
    }

    #[actix_web::test]
    async fn refuses_forms_of_another_shape() {
        let end = "--XX--\r\n";
        refused(FORM, end.into()).await.fails(400, "malformed_request");
        let other = part(r#"name="user_id""#, "1") + end;
        refused(FORM, other).await.refuses(&[("user_id", "unknown_field")]);
        let one = part(r#"name="file"; filename="a""#, "1");
        refused(FORM, format!("{one}{one}{end}")).await.refuses(&[("file", "repeated")]);
        refused(FORM, "Date,Name".into()).await.fails(400, "malformed_request");
        refused("multipart/form-data", one).await.fails(400, "malformed_request");
    }

    #[actix_web::test]
    async fn a_file_that_is_too_large_is_refused() {
        let just_fits = super::super::MAX_FILE;
        let mut api = Api::new();
        api.imports.expect_request_import().returning(|_| Ok(samples::queued_import()));
        let call = api.call("POST", PATH).as_member().body("text/csv", "x".repeat(just_fits));
        assert_eq!(call.send().await.status, 202);
        let answer = refused("text/csv", "x".repeat(just_fits + 1)).await;
        answer.fails(413, "body_too_large");
        let answer = refused("text/csv", "x".repeat(just_fits + 100_000)).await;
        answer.fails(413, "body_too_large");
    }

    #[actix_web::test]
    async fn says_what_stands_in_the_way() {
        let mut api = Api::new();
        let error = RequestImportError::TooManyImports;
        api.imports.expect_request_import().return_once(|_| Err(error));
        let answer = api.call("POST", PATH).as_member().body("text/csv", "a").send().await;
        answer.fails(409, "too_many_imports");
        let answer = Api::new().call("POST", PATH).body("text/csv", "a").send().await;
        answer.fails(401, "unauthenticated");
        let path = format!("{PATH}?dry_run=maybe");
        let answer = Api::new().call("POST", &path).as_member().body("text/csv", "a").send().await;
        answer.refuses(&[("dry_run", "invalid_type")]);
    }
}
