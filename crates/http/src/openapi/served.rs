use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{HttpResponse, get};

use super::document;

/// The document, written out once.
pub(crate) struct Served(String);

impl Served {
    pub(crate) fn new() -> Self {
        Self(document().to_string())
    }
}

/// The document of the API.
#[get("/api/v1/openapi.json")]
pub(crate) async fn openapi_json(served: Data<Served>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "application/json"))
        .body(served.0.clone())
}
