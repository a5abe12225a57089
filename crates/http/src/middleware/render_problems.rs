use actix_web::body::BoxBody;
use actix_web::dev::ServiceResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};

use super::observe::RequestId;
use crate::problem::{ApiError, ErrorCode};

/// Gives every failed request its problem document, also those that the framework turned down.
pub(super) fn render(
    response: ServiceResponse<BoxBody>,
    request_id: &RequestId,
) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let is_failure = status.is_client_error() || status.is_server_error();
    if is_failure && !is_answer(&response) {
        return with_document(response, status, request_id);
    }
    response
}

/// Whether a handler wrote this on purpose, as the readiness check does with 503. What comes from
/// an error says so, and what the framework refuses by itself has no content.
fn is_answer(response: &ServiceResponse<BoxBody>) -> bool {
    response.response().error().is_none() && response.headers().contains_key(header::CONTENT_TYPE)
}

fn with_document(
    response: ServiceResponse<BoxBody>,
    status: StatusCode,
    request_id: &RequestId,
) -> ServiceResponse<BoxBody> {
    let (request, response) = response.into_parts();
    let document = match response.error().and_then(|error| error.as_error::<ApiError>()) {
        Some(error) => {
            log_cause(error, request_id);
            error.document(request_id.as_str())
        }
        None => ApiError::new(ErrorCode::of_status(status)).document(request_id.as_str()),
    };
    let mut response = response.set_body(BoxBody::new(document.to_string()));
    let problem = HeaderValue::from_static("application/problem+json");
    response.headers_mut().insert(header::CONTENT_TYPE, problem);
    ServiceResponse::new(request, response)
}

fn log_cause(error: &ApiError, request_id: &RequestId) {
    let Some(cause) = error.cause() else { return };
    let mut chain = cause.to_string();
    let mut source = cause.source();
    while let Some(inner) = source {
        chain = format!("{chain}: {inner}");
        source = inner.source();
    }
    let code = error.code().code();
    log::error!(request_id = request_id.as_str(), code = code, cause = chain.as_str(); "a request failed");
}

#[cfg(test)]
mod tests {
    use crate::testing::{Answer, Api, samples};
    use serde_json::json;

    const RATING: &str = "/api/v1/movies/42/rating";

    async fn rate_with(content_type: &str, body: impl Into<String>) -> Answer {
        Api::new().call("PUT", RATING).as_member().body(content_type, body).send().await
    }

    #[actix_web::test]
    async fn nothing_is_found_where_nothing_is() {
        for path in ["/nowhere", "/api/v1/nowhere", "/api/v1/users/ada/friends", "/api/v2/users"] {
            Api::new().get(path).send().await.fails(404, "not_found");
        }
    }

    #[actix_web::test]
    async fn each_resource_names_its_methods() {
        let cases = [
            ("GET", "/api/v1/auth/login", "POST"),
            ("DELETE", "/api/v1/users", "POST"),
            ("POST", "/api/v1/users/me", "GET, HEAD, PATCH, DELETE"),
            ("PUT", "/api/v1/users/ada", "GET, HEAD"),
            ("POST", "/api/v1/users/ada/ratings", "GET, HEAD"),
            ("GET", "/api/v1/users/ada/role", "PUT"),
            ("POST", RATING, "GET, HEAD, PUT, DELETE"),
            ("OPTIONS", RATING, "GET, HEAD, PUT, DELETE"),
            ("PATCH", "/api/v1/movies/42/ratings", "GET, HEAD"),
            ("DELETE", "/api/v1/movies/42/rating-summary", "GET, HEAD"),
            ("TRACE", "/metrics", "GET, HEAD"),
            ("POST", "/health/ready", "GET, HEAD"),
        ];
        for (method, path, allowed) in cases {
            let answer = Api::new().call(method, path).send().await;
            answer.fails(405, "method_not_allowed");
            assert_eq!(answer.header("allow"), allowed, "{method} {path}");
        }
    }

    #[actix_web::test]
    async fn bodies_that_can_not_be_read_are_told_apart() {
        let deep = format!("{}1{}", r#"{"score":"#.repeat(200), "}".repeat(200));
        rate_with("application/json", deep).await.fails(422, "validation_failed");
        let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
        rate_with("application/json", deep).await.refuses(&[("body", "invalid_type")]);
        rate_with("application/json", "{\"score\":").await.fails(400, "malformed_json");
        rate_with("application/json", "").await.fails(400, "malformed_json");
        rate_with("text/plain", "{\"score\":8}").await.fails(415, "unsupported_media_type");
        let answer = Api::new().call("PUT", RATING).as_member().send().await;
        answer.fails(415, "unsupported_media_type");
    }

    #[actix_web::test]
    async fn a_body_of_33_kib_is_too_large() {
        let review = json!({"score": 8, "review": "x".repeat(33 * 1024)});
        let answer = rate_with("application/json", review.to_string()).await;
        answer.fails(413, "body_too_large");
        let fits = format!("{{\"score\":8}}{}", " ".repeat(32 * 1024 - 11));
        let mut api = Api::new();
        let gone = || reelmark_application::rating::RateMovieError::MovieNotFound;
        api.ratings.expect_rate_movie().returning(move |_| Err(gone()));
        let answer = api.call("PUT", RATING).as_member().body("application/json", fits);
        answer.send().await.fails(404, "movie_not_found");
    }

    #[actix_web::test]
    async fn tokens_are_told_apart_but_not_explained() {
        let with = |value: &'static str| async move {
            Api::new().get(RATING).header("Authorization", value).send().await
        };
        let none = Api::new().get(RATING).send().await;
        none.fails(401, "unauthenticated");
        assert_eq!(none.header("www-authenticate"), "Bearer realm=\"reelmark\"");
        for value in ["Bearer", "Basic YWRhOnNlY3JldA==", "Bearer forged", "bearer  forged", "x"] {
            let answer = with(value).await;
            answer.fails(401, "invalid_token");
            assert_eq!(
                answer.header("www-authenticate"),
                "Bearer realm=\"reelmark\", error=\"invalid_token\""
            );
        }
        with("bearer expired").await.fails(401, "token_expired");
    }

    #[actix_web::test]
    async fn a_store_that_holds_nonsense_is_our_own_fault_and_nobody_elses_business() {
        let mut api = Api::new();
        let corrupt = reelmark_application::ports::RepositoryError::Corrupt;
        let error = corrupt(samples::SECRET_CAUSE.into());
        api.ratings.expect_view_rating_summary().return_once(|_| Err(error.into()));
        let answer = api.get("/api/v1/movies/42/rating-summary").send().await;
        answer.fails(500, "internal_error");
    }
}
