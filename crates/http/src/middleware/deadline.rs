use std::time::Duration;

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::web::Data;

use super::guard::Answer;
use crate::problem::{ApiError, ErrorCode};

/// How long a request may take, from its head to its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestDeadline(pub(crate) Duration);

/// How many times as long as others a request to this resource may take: a file takes its time.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience(pub(crate) u32);

/// Cuts off whoever sends a body too slowly, and whatever takes too long to answer.
///
/// It wraps single resources and not the whole app, because a request may be kept for the answer
/// only after it was routed.
pub(super) async fn deadline(
    request: ServiceRequest,
    next: impl AsyncFnOnce(ServiceRequest) -> Answer,
) -> Answer {
    let allowed = request.app_data::<Data<RequestDeadline>>().map(|data| data.0);
    let allowed = allowed.unwrap_or(Duration::from_secs(30));
    let allowed = allowed * request.app_data::<Patience>().map_or(1, |patience| patience.0);
    let kept = request.request().clone();
    match tokio::time::timeout(allowed, next(request)).await {
        Ok(answer) => answer,
        Err(_) => {
            let detail = format!("The request must be complete within {} s.", allowed.as_secs());
            let error = ApiError::new(ErrorCode::RequestTimeout).detail(detail);
            Ok(ServiceResponse::from_err(error, kept))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Api, trickle};
    use std::time::Duration;

    #[actix_web::test]
    async fn a_body_that_never_ends_is_cut_off() {
        for framing in ["content-length: 1000", "transfer-encoding: chunked"] {
            let mut api = Api::new();
            api.config.request_deadline = Duration::from_millis(100);
            let answer = trickle(api, "/api/v1/auth/login", framing).await;
            assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
            assert!(answer.contains("connection: close\r\n"), "{answer}");
            assert!(answer.contains("\"code\":\"request_timeout\""), "{answer}");
        }
    }

    #[actix_web::test]
    async fn a_file_that_never_ends_is_cut_off_too() {
        let mut api = Api::new();
        api.config.request_deadline = Duration::from_millis(20);
        let path = "/api/v1/users/me/imports";
        let answer =
            trickle(api, path, "authorization: Bearer member\r\ncontent-length: 1000").await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    }
}
