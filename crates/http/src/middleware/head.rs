use actix_web::dev::ServiceRequest;
use actix_web::http::Method;

/// Has HEAD answered like GET (RFC 9110 §9.3.2). The server itself leaves out the content, because
/// it remembers what was asked.
pub(super) fn ask_as_get(request: &mut ServiceRequest) {
    if request.method() == Method::HEAD {
        request.head_mut().method = Method::GET;
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::{Api, exchange};

    #[actix_web::test]
    async fn has_the_head_of_get_and_no_content() {
        let head = "HEAD /health/live HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n";
        let answer = exchange(Api::new(), head).await;
        assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
        assert!(answer.contains("content-length: 15\r\n"), "{answer}");
        assert!(answer.ends_with("\r\n\r\n"), "{answer}");
    }

    #[actix_web::test]
    async fn is_refused_where_get_is() {
        let answer = Api::new().call("HEAD", "/api/v1/auth/login").send().await;
        assert_eq!((answer.status, answer.header("allow")), (405, "POST"));
    }
}
