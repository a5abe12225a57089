use std::cell::RefCell;
use std::error::Error as StdError;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::HttpMessage;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt};

/// Has the connection closed when the answer comes before the end of the request's body.
///
/// The server does so by itself while somebody holds the reading end of the body. Otherwise it
/// waits for the rest of a chunked body, for ever, so that whoever sends it slowly keeps the
/// connection. So the answer holds the reading end.
pub(super) struct Unread(Option<SharedPayload>);

impl Unread {
    pub(super) fn of(request: &mut ServiceRequest) -> Self {
        let payload = match request.take_payload() {
            Payload::None => return Self(None),
            payload => SharedPayload::new(payload),
        };
        request.set_payload(Payload::Stream { payload: Box::pin(payload.clone()) });
        Self(Some(payload))
    }

    pub(super) fn hold(self, response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
        match self.0.filter(|payload| !payload.is_read()) {
            None => response,
            Some(payload) => {
                response.map_body(|_, body| BoxBody::new(HoldingBody { body, _held: payload }))
            }
        }
    }
}

/// The body of a request, for the handler to read and for the answer to hold.
#[derive(Clone)]
struct SharedPayload(Rc<RefCell<Reading>>);

struct Reading {
    payload: Payload,
    is_read: bool,
}

impl SharedPayload {
    fn new(payload: Payload) -> Self {
        Self(Rc::new(RefCell::new(Reading { payload, is_read: false })))
    }

    /// Whether its end was seen.
    fn is_read(&self) -> bool {
        self.0.borrow().is_read
    }
}

impl Stream for SharedPayload {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let mut reading = self.0.borrow_mut();
        let next = reading.payload.poll_next_unpin(context);
        reading.is_read |= matches!(next, Poll::Ready(None));
        next
    }
}

/// The body of an answer.
struct HoldingBody {
    body: BoxBody,
    _held: SharedPayload,
}

impl MessageBody for HoldingBody {
    type Error = Box<dyn StdError>;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.body.as_pin_mut().poll_next(context)
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Api, exchange, trickle};

    #[actix_web::test]
    async fn nobody_keeps_a_connection_by_sending_slowly_what_nobody_reads() {
        let (sized, chunked) = ("content-length: 1000", "transfer-encoding: chunked");
        let cases = [
            ("/nowhere", sized, 404),
            ("/nowhere", chunked, 404),
            ("/health/live", chunked, 405),
            ("/api/v1/movies", chunked, 401),
        ];
        for (path, framing, status) in cases {
            let answer = trickle(Api::new(), path, framing).await;
            assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{answer}");
        }
    }

    #[actix_web::test]
    async fn a_connection_stays_open_when_the_body_was_read() {
        let first = "POST /api/v1/auth/login HTTP/1.1\r\nhost: test\r\n\
            content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n\
            2\r\n{}\r\n0\r\n\r\n";
        let second = "GET /health/live HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n";
        let answers = exchange(Api::new(), format!("{first}{second}")).await;
        assert!(answers.contains("HTTP/1.1 422 ") && answers.contains("HTTP/1.1 200 "));
    }
}
