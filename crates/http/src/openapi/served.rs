use std::sync::OnceLock;

use actix_web::HttpResponse;
use actix_web::web::Data;
use paperclip::actix::api_v2_operation;
use paperclip::actix::web::{self, ServiceConfig};

use super::document;
use crate::problem::ApiError;
use crate::routing::resource;

/// The document, written out when it is first asked for.
#[derive(Default)]
pub(crate) struct Served(OnceLock<String>);

/// The route of the document, below `/api/v1`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(resource("/openapi.json", "GET").route(web::get().to(openapi_json)));
}

/// Doesn't describe itself.
#[api_v2_operation(skip)]
async fn openapi_json(served: Data<Served>) -> Result<HttpResponse, ApiError> {
    Ok(HttpResponse::Ok()
        .content_type("application/json")
        .body(served.0.get_or_init(|| document().to_string()).clone()))
}
