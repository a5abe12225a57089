use std::collections::BTreeMap;

use actix_web::body::BoxBody;
use actix_web::http::header;
use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, Responder};
use paperclip::actix::{Apiv2Schema, OperationModifier, api_v2_operation};
use paperclip::v2::models::{DefaultOperationRaw, DefaultSchemaRaw};
use paperclip::v2::schema::Apiv2Schema as Schema;
use reelmark_application::account::{AccountUseCases, ExportAccountError, ExportRatingsError};
use serde::Deserialize;
use serde_json::json;

use super::presenter::AccountExportResponse;
use super::ratings_file::{FORMATS, RatingsFile, ratings_format};
use crate::extract::{Query, SignedIn, Table, Uses};
use crate::openapi::{OperationErrors, Rule};
use crate::problem::{ApiError, ErrorCode};
use crate::respond::NotStored;

pub(super) const ERRORS: OperationErrors =
    OperationErrors("exportAccount", &[ErrorCode::NotAcceptable]);

/// The data in the form that was asked for.
pub(super) enum Export {
    Json(Box<AccountExportResponse>),
    Csv(String),
    Ratings(RatingsFile),
}

/// The form to hand the data out in.
#[derive(Debug, Deserialize, Apiv2Schema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExportAccountQuery {
    /// All data as json, or the ratings alone in a form that other services read.
    format: Option<String>,
}

/// Take my data with me
///
/// All that is held about the caller: account, profile, sessions, ratings with what names their
/// movies here and elsewhere, and the movies they added. With `Accept: text/csv` one value per
/// line, as `section,row,field,value`; values that a spreadsheet would run have an apostrophe in
/// front of them. With `format` the ratings alone, as a file that Letterboxd, IMDb's readers or
/// Trakt's readers understand, and that can be imported here again.
#[api_v2_operation(tags(Users), operation_id = "exportAccount")]
pub(super) async fn export_account(
    accounts: Uses<dyn AccountUseCases>,
    caller: SignedIn,
    table: Table,
    query: Query<ExportAccountQuery>,
) -> Result<NotStored<Export>, ApiError> {
    if let Some(format) = ratings_format(query.0.format.as_deref())? {
        let export = accounts.export_ratings(caller.0, format).await?;
        return Ok(NotStored(Export::Ratings(RatingsFile::begin(export, format).await?)));
    }
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
            Self::Ratings(file) => file.put_into(&mut response),
        }
    }
}

impl Schema for Export {
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

impl From<ExportRatingsError> for ApiError {
    fn from(error: ExportRatingsError) -> Self {
        match error {
            ExportRatingsError::File(error) => Self::new(ErrorCode::Internal).caused_by(error),
            ExportRatingsError::Store(error) => error.into(),
        }
    }
}

pub(super) fn rules() -> Vec<Rule> {
    let format = json!({"enum": FORMATS, "default": "json"});
    vec![
        Rule::parameter("exportAccount", "format", format),
        Rule::content("exportAccount", "text/csv"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{Answer, Api, samples};
    use reelmark_application::account::{AccountExport, ExportedRating, RatingsExport};
    use reelmark_application::ports::{
        ExportFileError, ExportTarget, ExportedRatingRecord, MockExportFiles, MockExportReader,
        MovieNamesRecord, RatingRecord, RowSink,
    };
    use std::io::Write as _;
    use std::sync::Arc;

    const PATH: &str = "/api/v1/users/me/export";

    /// Writes the id of each movie into a line.
    struct Ids(ExportTarget);

    impl RowSink<ExportedRating> for Ids {
        fn write(&mut self, row: &ExportedRating) -> Result<(), ExportFileError> {
            writeln!(self.0, "{}", row.movie.id).map_err(|error| ExportFileError(error.into()))
        }

        fn finish(self: Box<Self>) -> Result<(), ExportFileError> {
            Ok(())
        }
    }

    fn exported(id: i64) -> ExportedRatingRecord {
        let (created_at, updated_at) = (samples::NOON, samples::NOON);
        let (user_id, movie_id, score, review, version) = (7, id, 8, None, 1);
        let rating =
            RatingRecord { user_id, movie_id, score, review, version, created_at, updated_at };
        let movie = MovieNamesRecord {
            id,
            title: "Stalker".into(),
            release_year: None,
            imdb_id: None,
            tmdb_id: None,
            movielens_id: None,
        };
        ExportedRatingRecord { rating, movie }
    }

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

    /// An API with so many ratings, if the store is there.
    fn with_ratings(count: Option<i64>) -> Api {
        let mut api = Api::new();
        api.accounts.expect_export_ratings().return_once(move |caller, format| {
            let mut exports = MockExportReader::new();
            exports.expect_list_ratings_by_movie().returning(move |list| {
                let count = count.ok_or_else(samples::unavailable)?;
                let from = list.after.unwrap_or(0) + 1;
                Ok((from..=count).take(list.limit).map(exported).collect())
            });
            let mut files = MockExportFiles::new();
            files.expect_personal().returning(|_, target| Ok(Box::new(Ids(target))));
            RatingsExport::begin(Arc::new(exports), &files, caller, format)
        });
        api
    }

    #[actix_web::test]
    async fn hands_out_the_ratings_as_a_file_piece_by_piece() {
        let cases = [
            ("letterboxd_csv", "text/csv; charset=utf-8", "reelmark-letterboxd.csv"),
            ("imdb_csv", "text/csv; charset=utf-8", "reelmark-imdb.csv"),
            ("trakt_json", "application/json", "reelmark-trakt.json"),
        ];
        for (format, kind, name) in cases {
            let path = format!("{PATH}?format={format}");
            let answer = with_ratings(Some(1_001)).get(&path).as_member().send().await;
            assert_eq!((answer.status, answer.header("content-type")), (200, kind));
            let disposition = format!("attachment; filename=\"{name}\"");
            assert_eq!(answer.header("content-disposition"), disposition);
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.text().lines().count(), 1_001);
            assert!(answer.text().ends_with("1001\n"));
        }
    }

    #[actix_web::test]
    async fn says_what_is_wrong_before_the_file_begins() {
        let path = format!("{PATH}?format=imdb_csv");
        with_ratings(None).get(&path).as_member().send().await.fails(503, "unavailable");
        let answer = api().get(&format!("{PATH}?format=pdf")).as_member().send().await;
        answer.refuses(&[("format", "malformed")]);
        let answer = api().get(&format!("{PATH}?format=json")).as_member().send().await;
        assert_eq!(answer.json()["account"]["id"], 7);
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
