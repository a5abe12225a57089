use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use crate::problem::{ApiError, ErrorCode};

/// The files of the web app and of the API browser; whatever is neither is not found.
pub(crate) async fn page(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    if !matches!(request.method().as_str(), "GET" | "HEAD") {
        return Err(ApiError::new(ErrorCode::NotFound));
    }
    let asset = reelmark_web_ui::find(request.path());
    let asset = asset.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    let known = request.headers().get_all(header::IF_NONE_MATCH);
    if known.filter_map(|value| value.to_str().ok()).any(|value| value.contains(&asset.etag)) {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, asset.etag)).finish());
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::ETAG, asset.etag))
        .content_type(asset.content_type)
        .body(asset.bytes))
}

/// There are no pages here.
pub(crate) async fn nothing() -> Result<HttpResponse, ApiError> {
    Err(ApiError::new(ErrorCode::NotFound))
}
