//! Which answers are stored, and how they look when they come back.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::ErrorInternalServerError;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::{Error, HttpMessage, HttpResponse};
use reelmark_application::ports::StoredAnswer;
use serde_json::Value;

use crate::middleware::observe::RequestId;
use crate::problem::ApiError;

/// Says that an answer is an old one.
pub(crate) const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// What of an answer comes back beside its body.
const HEADERS: [HeaderName; 5] =
    [header::CONTENT_TYPE, header::LOCATION, header::ETAG, header::LINK, header::CACHE_CONTROL];

const PROBLEM: &str = "application/problem+json";

/// The answer, and what to store of it: nothing when the same request may fare better next time, or
/// when nobody may keep it.
pub(super) async fn keep(
    response: ServiceResponse<BoxBody>,
) -> Result<(ServiceResponse<BoxBody>, Option<StoredAnswer>), Error> {
    if !is_final(response.status()) || forbids_storing(response.headers()) {
        return Ok((response, None));
    }
    if let Some(error) = response.response().error() {
        let stored = error.as_error::<ApiError>().map(stored_problem);
        return Ok((response, stored));
    }
    let (request, response) = response.into_parts();
    let (response, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(ErrorInternalServerError)?;
    let stored = StoredAnswer {
        status: response.status().as_u16(),
        headers: headers_of(response.headers()),
        body: body.to_vec(),
    };
    let response = response.set_body(body.boxed());
    Ok((ServiceResponse::new(request, response), Some(stored)))
}

/// Whether the same request would always be answered so: it was done, or it can't be done. Being
/// signed out, too fast, too slow or not allowed yet may pass.
fn is_final(status: StatusCode) -> bool {
    status.is_success() || matches!(status.as_u16(), 400 | 404 | 409 | 410 | 422)
}

fn forbids_storing(headers: &HeaderMap) -> bool {
    let directives = headers.get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok());
    directives.is_some_and(|directives| directives.contains("no-store"))
}

/// A failure gets its document later, from `render_problems`; what is stored is the same one, to be
/// given the id of the request that asks again.
fn stored_problem(error: &ApiError) -> StoredAnswer {
    StoredAnswer {
        status: error.code().status().as_u16(),
        headers: vec![(header::CONTENT_TYPE.to_string(), PROBLEM.to_owned())],
        body: error.document("").to_string().into_bytes(),
    }
}

fn headers_of(headers: &HeaderMap) -> Vec<(String, String)> {
    let pair = |name: &HeaderName| {
        let value = headers.get(name)?.to_str().ok()?;
        Some((name.to_string(), value.to_owned()))
    };
    HEADERS.iter().filter_map(pair).collect()
}

/// The stored answer, marked as one.
pub(super) fn replay(request: ServiceRequest, stored: StoredAnswer) -> ServiceResponse<BoxBody> {
    let request_id = request.extensions().get::<RequestId>().cloned().unwrap_or_default();
    let status = StatusCode::from_u16(stored.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    for (name, value) in &stored.headers {
        response.insert_header((name.as_str(), value.as_str()));
    }
    response.insert_header((IDEMPOTENCY_REPLAYED, HeaderValue::from_static("true")));
    let is_problem = stored.headers.iter().any(|(_, value)| value == PROBLEM);
    let body = if is_problem { renamed(stored.body, request_id.as_str()) } else { stored.body };
    request.into_response(response.body(body))
}

/// A problem document about the request with this id.
fn renamed(document: Vec<u8>, request_id: &str) -> Vec<u8> {
    let Ok(Value::Object(mut problem)) = serde_json::from_slice(&document) else {
        return document;
    };
    problem.insert("request_id".to_owned(), request_id.into());
    Value::Object(problem).to_string().into_bytes()
}
