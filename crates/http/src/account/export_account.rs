use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::http::header;
use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::{OperationModifier, api_v2_operation};
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema;
use reelmark_application::account::{AccountUseCases, ExportAccountError};

use super::presenter::AccountExportResponse;
use crate::extract::{SignedIn, Table, Uses};
use crate::openapi::OperationErrors;
use crate::problem::{ApiError, ErrorCode};
use crate::respond::NotStored;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("exportAccount", &[ErrorCode::NotAcceptable]);

/// The data in the form that was asked for.
pub(super) enum Export {
    Json(Box<AccountExportResponse>),
    Csv(String),
}

/// Take my data with me
///
/// All that is held about the caller: account, profile, sessions, ratings with what names their
/// movies here and elsewhere, and the movies they added. With `Accept: text/csv` one value per
/// line, as `section,row,field,value`; values that a spreadsheet would run have an apostrophe in
/// front of them.
#[api_v2_operation(tags(Users), operation_id = "exportAccount")]
pub(super) async fn export_account(
    accounts: Uses<dyn AccountUseCases>,
    caller: SignedIn,
    table: Table,
) -> Result<NotStored<Export>, ApiError> {
    Ok(NotStored(match table {
        Table::Csv => Export::Csv(accounts.export_account_as_csv(caller.0).await?),
        Table::Json => Export::Json(Box::new((&accounts.export_account(caller.0).await?).into())),
    }))
}

impl Responder for Export {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let mut response = HttpResponse::Ok();
        response.insert_header((header::VARY, "Accept"));
        match self {
            Self::Json(export) => response.json(export),
            Self::Csv(text) => response.content_type("text/csv; charset=utf-8").body(text),
        }
    }
}

impl Apiv2Schema for Export {
    fn name() -> Option<String> {
        AccountExportResponse::name()
    }

    fn raw_schema() -> DefaultSchemaRaw {
        AccountExportResponse::raw_schema()
    }
}

impl OperationModifier for Export {
    fn update_response(op: &mut DefaultOperationRaw) {
        Json::<AccountExportResponse>::update_response(op);
    }

    fn update_definitions(map: &mut BTreeMap<String, DefaultSchemaRaw>) {
        Json::<AccountExportResponse>::update_definitions(map);
    }
}

impl From<ExportAccountError> for ApiError {
    fn from(error: ExportAccountError) -> Self {
        match error {
            ExportAccountError::AccountGone => Self::new(ErrorCode::InvalidToken),
            ExportAccountError::Table(error) => Self::new(ErrorCode::Internal).caused_by(error),
            ExportAccountError::Store(error) => error.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::account::AccountExport;
    use serde_json::json;

    const PATH: &str = "/api/v1/users/me/export";

    fn api() -> Api {
        let mut api = Api::new();
        api.accounts.expect_export_account().returning(|_| {
            let user = samples::user();
            Ok(AccountExport { user, sessions: vec![], ratings: vec![], movies: vec![] })
        });
        api.accounts.expect_export_account_as_csv().returning(|_| Ok("a,b\n".into()));
        api
    }

    async fn accepting(accept: &str) -> Answer {
        api().get(PATH).as_member().header("Accept", accept).send().await
    }

    #[actix_web::test]
    async fn hands_out_json_unless_a_table_is_liked_better() {
        for accept in ["*/*", "application/json", "application/*", "text/csv;q=0.5, */*"] {
            let answer = accepting(accept).await;
            assert_eq!(answer.header("content-type"), "application/json", "{accept}");
        }
        for accept in
            ["text/csv", "text/*", "application/json;q=0.1, text/csv", "text/csv, */*;q=0.9"]
        {
            let answer = accepting(accept).await;
            assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8", "{accept}");
            assert_eq!((answer.status, answer.text()), (200, "a,b\n"));
        }
        for accept in ["image/png", "text/csv;q=0", "*/*;q=0"] {
            accepting(accept).await.fails(406, "not_acceptable");
        }
    }

    #[actix_web::test]
    async fn shows_the_account_to_its_owner_and_lets_nobody_keep_it() {
        let answer = api().get(PATH).as_member().send().await;
        let expected = json!({
            "id": 7,
            "username": "Ada_L",
            "email": "ada@example.org",
            "role": "member",
            "status": "active",
            "visibility": "public",
            "display_name": "Ada Lovelace",
            "bio": null,
            "created_at": "2026-03-01T12:00:00Z",
        });
        assert_eq!(answer.json()["account"], expected);
        assert_eq!(answer.header("cache-control"), "no-store");
        Api::new().get(PATH).send().await.fails(401, "unauthenticated");
    }
}
