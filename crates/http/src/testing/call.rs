use actix_web::http::{Method, header};
use actix_web::test::{TestRequest, call_service, init_service, read_body};
use serde_json::Value;

use super::{Answer, Api};
use crate::app::app;
use crate::extract::Seats;

/// A request that is being put together.
pub(crate) struct Call {
    api: Api,
    request: TestRequest,
}

#[expect(clippy::wrong_self_convention, reason = "`as_member` says who calls")]
impl Call {
    pub(super) fn new(api: Api, method: Method, path: &str) -> Self {
        Self { api, request: TestRequest::with_uri(path).method(method) }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.insert_header((name, value));
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Self {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn as_member(self) -> Self {
        self.bearer("member")
    }

    pub(crate) fn as_curator(self) -> Self {
        self.bearer("curator")
    }

    pub(crate) fn as_admin(self) -> Self {
        self.bearer("admin")
    }

    /// The other end of the connection.
    pub(crate) fn from_peer(mut self, peer: &str) -> Self {
        self.request = self.request.peer_addr(std::net::SocketAddr::new(peer.parse().unwrap(), 9));
        self
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// A body of any kind, also one that only claims to be what it is.
    pub(crate) fn body(mut self, content_type: &str, body: impl Into<String>) -> Self {
        let content_type = (header::CONTENT_TYPE, content_type);
        self.request = self.request.insert_header(content_type).set_payload(body.into());
        self
    }

    pub(crate) async fn send(self) -> Answer {
        let admission = self.api.admission.clone();
        let (config, use_cases, draining) = self.api.into_parts();
        let app = app(config, use_cases, draining, Seats::default(), admission);
        let service = init_service(app).await;
        let response = call_service(&service, self.request.to_request()).await;
        let keeps_alive = response.response().head().keep_alive();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Answer { status, headers, keeps_alive, body: read_body(response).await }
    }
}
