use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::HttpMessage;
use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{ConnectionType, StatusCode};
use log::Level;
use reelmark_application::ports::IdGenerator;

use super::{Draining, Pattern, Tally};

/// Carries the request's id, both ways.
pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// A request that takes this long is worth a line in the log.
const SLOW: Duration = Duration::from_secs(1);

/// Names one request in its answer, in its problem document and in the log. Visible ASCII.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(HeaderValue);

impl RequestId {
    pub(crate) fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }
}

impl Default for RequestId {
    fn default() -> Self {
        Self(HeaderValue::from_static(""))
    }
}

/// What is to be known of a request once it is answered.
pub(super) struct Observation {
    started: Instant,
    id: RequestId,
    is_draining: bool,
}

impl Observation {
    /// Names the request.
    pub(super) fn begin(request: &ServiceRequest) -> Self {
        let started = Instant::now();
        let id = request_id(request);
        request.extensions_mut().insert(id.clone());
        let is_draining = request.app_data::<Draining>().is_some_and(Draining::is_draining);
        Self { started, id, is_draining }
    }

    pub(super) fn id(&self) -> &RequestId {
        &self.id
    }

    /// Names the answer, logs one line about it and counts it.
    pub(super) fn end(self, response: &mut ServiceResponse<BoxBody>) {
        response.headers_mut().insert(X_REQUEST_ID, self.id.0.clone());
        if self.is_draining {
            // The encoder writes its own Connection header and drops any other.
            response.response_mut().head_mut().set_connection_type(ConnectionType::Close);
        }
        self.record(response);
    }

    /// The path's pattern goes to the log and the metrics, never the path: it may name people.
    fn record(&self, response: &ServiceResponse<BoxBody>) {
        let request = response.request();
        let routed_to = request.extensions().get::<Pattern>().cloned();
        let pattern = routed_to.unwrap_or_else(|| Pattern::searched(request));
        let (method, status) = (request.method(), response.status());
        let elapsed = self.started.elapsed();
        log::log!(
            target: "reelmark::access",
            level(status, elapsed),
            method = method.as_str(),
            path = pattern.as_str(),
            status = status.as_u16(),
            duration_ms = elapsed.as_secs_f64() * 1000.0,
            request_id = self.id.as_str();
            "request"
        );
        if let Some(tally) = request.app_data::<Tally>() {
            tally.count(method, &pattern, status, elapsed);
        }
    }
}

/// What went well and quickly is told only to those who ask for it: the metrics count it, and a line
/// about each read would cost more than the read.
fn level(status: StatusCode, elapsed: Duration) -> Level {
    let failed = status.is_client_error() || status.is_server_error();
    if failed || elapsed >= SLOW { Level::Info } else { Level::Debug }
}

/// The client's own id when it is harmless in a log, else a new one.
fn request_id(request: &ServiceRequest) -> RequestId {
    let is_harmless = |id: &&HeaderValue| {
        (1..=64).contains(&id.len())
            && id.as_bytes().iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-' || *b == b'_')
    };
    if let Some(given) = request.headers().get(X_REQUEST_ID).filter(is_harmless) {
        return RequestId(given.clone());
    }
    let new = request.app_data::<Arc<dyn IdGenerator>>().map(|ids| ids.new_id());
    new.and_then(|id| HeaderValue::try_from(id).ok()).map(RequestId).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
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

    #[test]
    fn what_failed_or_took_long_stands_in_the_log() {
        let quick = Duration::from_millis(5);
        assert_eq!(level(StatusCode::OK, quick), Level::Debug);
        assert_eq!(level(StatusCode::NOT_MODIFIED, quick), Level::Debug);
        assert_eq!(level(StatusCode::OK, SLOW), Level::Info);
        assert_eq!(level(StatusCode::NOT_FOUND, quick), Level::Info);
        assert_eq!(level(StatusCode::SERVICE_UNAVAILABLE, quick), Level::Info);
    }
}
