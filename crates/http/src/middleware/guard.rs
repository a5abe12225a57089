use std::rc::Rc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};

use super::admit::admit;
use super::deadline::deadline;
use super::idempotent::idempotent;
use super::throttle::throttle;

/// What comes of a request.
pub(super) type Answer = Result<ServiceResponse<BoxBody>, Error>;

/// A resource's path as in the routes, which may be told where the path itself may not: it names
/// nobody.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Pattern(Rc<str>);

impl Pattern {
    /// That of a resource at `path` below `/api/v1`.
    pub(crate) fn of_api(path: &str) -> Self {
        Self(format!("/api/v1{path}").into())
    }

    /// That of the resource which a request was routed to, found by going through all of them
    /// again.
    pub(super) fn searched(request: &actix_web::HttpRequest) -> Self {
        Self(request.match_pattern().unwrap_or_else(|| "unmatched".to_owned()).into())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// All that is done to a request between routing and handler: whether there is room for it, inside
/// that the deadline, inside it the limits and inside those the idempotency keys.
pub(crate) async fn guard(
    pattern: Pattern,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Answer {
    request.extensions_mut().insert(pattern.clone());
    let next = async move |request| idempotent(&pattern, request, next).await;
    let next = async move |request| throttle(request, next).await;
    admit(request, async move |request| deadline(request, next).await).await
}
