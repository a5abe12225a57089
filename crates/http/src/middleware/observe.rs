use std::sync::Arc;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::ConnectionType;
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use reelmark_application::ports::IdGenerator;

use super::Draining;

/// Carries the request's id, both ways.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Names one request in its answer, in its problem document and in the log.
#[derive(Clone, Debug, Default)]
pub(crate) struct RequestId(String);

impl RequestId {
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Names the request, logs one line about it and counts it.
pub(crate) async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let started = Instant::now();
    let id = request_id(&request);
    request.extensions_mut().insert(id.clone());
    let is_draining = request.app_data::<Draining>().is_some_and(Draining::is_draining);
    let mut response = next.call(request).await?;
    if let Ok(value) = HeaderValue::from_str(id.as_str()) {
        response.headers_mut().insert(X_REQUEST_ID, value);
    }
    if is_draining {
        // The encoder writes its own Connection header and drops any other.
        response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
    }
    record(&response, &id, started);
    Ok(response)
}

/// The client's own id when it is harmless in a log, else a new one.
fn request_id(request: &ServiceRequest) -> RequestId {
    let given = request.headers().get(X_REQUEST_ID).and_then(|value| value.to_str().ok());
    let is_harmless = |id: &&str| {
        (1..=64).contains(&id.len())
            && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    };
    let given = given.filter(is_harmless).map(str::to_owned);
    let generate = || request.app_data::<Arc<dyn IdGenerator>>().map(|ids| ids.new_id());
    RequestId(given.or_else(generate).unwrap_or_default())
}

/// The path's template goes to the log and the metrics, never the path: it may name people.
fn record(response: &ServiceResponse<impl MessageBody>, id: &RequestId, started: Instant) {
    let path = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
    let method = response.request().method().as_str();
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    log::info!(
        target: "reelmark::access",
        method = method,
        path = path.as_str(),
        status = status,
        duration_ms = elapsed.as_secs_f64() * 1000.0,
        request_id = id.as_str();
        "request"
    );
    let method = method.to_owned();
    let labels = [("method", method), ("path", path), ("status", status.to_string())];
    metrics::counter!("reelmark_http_requests_total", &labels).increment(1);
    metrics::histogram!("reelmark_http_request_seconds", &labels[..2]).record(elapsed);
}

#[cfg(test)]
mod tests {
    use crate::testing::{Api, GENERATED_ID};

    async fn id_given_for(id: &str) -> String {
        let answer = Api::new().get("/health/live").header("X-Request-Id", id).send().await;
        answer.header("x-request-id").to_owned()
    }

    #[actix_web::test]
    async fn echoes_a_harmless_id() {
        let id = "0198c2f0-6d1e_7cc3";
        assert_eq!(id_given_for(id).await, id);
        assert_eq!(id_given_for(&"a".repeat(64)).await, "a".repeat(64));
    }

    #[actix_web::test]
    async fn replaces_an_id_that_could_do_harm_in_a_log() {
        for id in ["", "a b", "\"}{\"level\":\"fatal", "a\tb", "<b>", "é", &"a".repeat(65)] {
            assert_eq!(id_given_for(id).await, GENERATED_ID, "{id:?}");
        }
    }

    #[actix_web::test]
    async fn names_every_request_also_those_that_fail() {
        let answer = Api::new().get("/nowhere").header("X-Request-Id", "mine").send().await;
        assert_eq!(answer.problem()["request_id"], "mine");
        let answer = Api::new().get("/nowhere").send().await;
        assert_eq!(answer.problem()["request_id"], GENERATED_ID);
    }

    #[actix_web::test]
    async fn asks_for_a_new_connection_while_draining() {
        assert!(Api::new().get("/health/live").send().await.keeps_alive);
        let api = Api::new();
        api.draining.begin();
        let answer = api.get("/health/live").send().await;
        assert!(answer.status == 200 && !answer.keeps_alive);
    }
}
