use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use reelmark_web_ui::Asset;

use crate::problem::{ApiError, ErrorCode};

/// What a path that changes with its contents answers with.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The files of the web app and of the API browser; whatever is neither is not found.
pub(crate) async fn page(request: HttpRequest) -> Result<HttpResponse, ApiError> {
    if !matches!(request.method().as_str(), "GET" | "HEAD") {
        return Err(ApiError::new(ErrorCode::NotFound));
    }
    let accepted = listed(request.headers(), header::ACCEPT_ENCODING);
    if let Some(asset) = reelmark_web_ui::find(request.path(), &accepted) {
        return Ok(answer(&request, &asset));
    }
    let lost = Some(()).filter(|()| is_lost_person(&request));
    let asset = lost.and_then(|()| reelmark_web_ui::not_found(&accepted));
    let asset = asset.ok_or_else(|| ApiError::new(ErrorCode::NotFound))?;
    Ok(with_headers(HttpResponse::NotFound(), &asset).body(asset.bytes))
}

fn answer(request: &HttpRequest, asset: &Asset) -> HttpResponse {
    let known = listed(request.headers(), header::IF_NONE_MATCH);
    if known.contains(&asset.etag) {
        return with_headers(HttpResponse::NotModified(), asset).finish();
    }
    with_headers(HttpResponse::Ok(), asset).body(asset.bytes)
}

fn with_headers(mut response: HttpResponseBuilder, asset: &Asset) -> HttpResponseBuilder {
    response
        .insert_header((header::ETAG, asset.etag.as_str()))
        .insert_header((header::VARY, "Accept-Encoding"))
        .content_type(asset.content_type);
    if let Some(encoding) = asset.encoding.name() {
        response.insert_header((header::CONTENT_ENCODING, encoding));
    }
    if asset.is_immutable {
        response.insert_header((header::CACHE_CONTROL, FOR_EVER));
    }
    response
}

/// Somebody in front of a browser who followed a bad link gets a page; programs get a problem
/// document.
fn is_lost_person(request: &HttpRequest) -> bool {
    let is_api = request.path() == "/api" || request.path().starts_with("/api/");
    !is_api && listed(request.headers(), header::ACCEPT).contains("text/html")
}

/// All values of a header in one line.
fn listed(headers: &HeaderMap, name: HeaderName) -> String {
    let values = headers.get_all(name).filter_map(|value| value.to_str().ok());
    values.collect::<Vec<_>>().join(", ")
}

/// There are no pages here.
pub(crate) async fn nothing() -> Result<HttpResponse, ApiError> {
    Err(ApiError::new(ErrorCode::NotFound))
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answer, Api};

    async fn get(path: &str, headers: &[(&str, &str)]) -> Answer {
        let call = Api::new().get(path);
        headers.iter().fold(call, |call, (name, value)| call.header(name, value)).send().await
    }

    /// The first of the app's own files that its page names.
    async fn a_module() -> String {
        let page = get("/", &[]).await;
        let module = page.text().split('"').find(|text| text.starts_with("/assets/"));
        module.unwrap().to_owned()
    }

    #[actix_web::test]
    async fn the_page_is_asked_for_each_time_and_its_modules_once() {
        let page = get("/movies/42", &[("Accept-Encoding", "gzip, br")]).await;
        assert_eq!((page.status, page.header("content-encoding")), (200, "br"));
        assert_eq!(page.header("cache-control"), "no-cache");
        assert!(page.header("vary").starts_with("Accept-Encoding"), "{}", page.header("vary"));
        let etag = page.header("etag").to_owned();
        let known = [("Accept-Encoding", "br"), ("If-None-Match", etag.as_str())];
        assert_eq!(get("/movies/42", &known).await.status, 304);
        let module = get(&a_module().await, &[]).await;
        assert_eq!(module.header("cache-control"), super::FOR_EVER);
        assert_eq!(module.header("content-encoding"), "");
    }

    #[actix_web::test]
    async fn people_get_a_page_where_nothing_is_and_programs_a_problem() {
        let browser = [("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")];
        let lost = get("/nowhere", &browser).await;
        assert_eq!((lost.status, lost.header("content-type")), (404, "text/html; charset=utf-8"));
        get("/nowhere", &[]).await.fails(404, "not_found");
        for path in ["/api/v1/nowhere", "/api/nowhere", "/api"] {
            get(path, &browser).await.fails(404, "not_found");
        }
        Api::new().call("POST", "/nowhere").send().await.fails(404, "not_found");
    }
}
