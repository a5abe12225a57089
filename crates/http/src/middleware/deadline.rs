use std::time::Duration;

use actix_web::Error;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web::Data;

use crate::problem::{ApiError, ErrorCode};

/// How long a request may take, from its head to its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestDeadline(pub(crate) Duration);

/// Cuts off whoever sends a body too slowly, and whatever takes too long to answer.
///
/// It wraps single resources and not the whole app, because a request may be kept for the answer
/// only after it was routed.
pub(crate) async fn deadline(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let allowed = request.app_data::<Data<RequestDeadline>>().map(|data| data.0);
    let allowed = allowed.unwrap_or(Duration::from_secs(30));
    let kept = request.request().clone();
    match tokio::time::timeout(allowed, next.call(request)).await {
        Ok(answer) => answer.map(ServiceResponse::map_into_boxed_body),
        Err(_) => {
            let detail = format!("The request must be complete within {} s.", allowed.as_secs());
            let error = ApiError::new(ErrorCode::RequestTimeout).detail(detail);
            Ok(ServiceResponse::from_err(error, kept))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Api;
    use std::io::{Read, Write};
    use std::net::{SocketAddr, TcpStream};
    use std::time::{Duration, Instant};

    fn api() -> Api {
        let mut api = Api::new();
        api.config.request_deadline = Duration::from_millis(300);
        api
    }

    /// Sends the head and then the body byte by byte, until the server has had enough.
    fn trickle(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: test\r\ncontent-type: application/json\r\n\
             content-length: 1000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        let (started, mut answer) = (Instant::now(), vec![]);
        while started.elapsed() < Duration::from_secs(10) {
            let is_open = stream.write_all(b" ").is_ok();
            let mut part = [0; 4096];
            match stream.read(&mut part) {
                Ok(0) => break,
                Ok(length) => answer.extend_from_slice(&part[..length]),
                Err(_) if is_open => {}
                Err(_) => break,
            }
        }
        assert!(started.elapsed() < Duration::from_secs(5), "the connection stayed open");
        String::from_utf8(answer).unwrap()
    }

    async fn answer_to_a_slow_body(path: &'static str) -> String {
        let address = api().serve();
        actix_web::rt::task::spawn_blocking(move || trickle(address, path)).await.unwrap()
    }

    #[actix_web::test]
    async fn a_body_that_never_ends_is_cut_off() {
        let answer = answer_to_a_slow_body("/api/v1/auth/login").await;
        assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
        assert!(answer.contains("connection: close\r\n"), "{answer}");
        assert!(answer.contains("\"code\":\"request_timeout\""), "{answer}");
    }
}
