use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;

/// What every answer says, unless it says something of its own. Pages may load what this server
/// serves and nothing else; no code or style stands inside a page. (`data:` images are the icons of
/// the API browser.)
const HEADERS: [(HeaderName, &str); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
         font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-cache"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Adds the headers that keep browsers from being used against their owners.
pub(crate) async fn security_headers(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Api;

    #[actix_web::test]
    async fn stand_on_every_answer_whatever_came_of_it() {
        let answers = [
            Api::new().get("/health/live").send().await,
            Api::new().get("/nowhere").send().await,
            Api::new().call("PUT", "/api/v1/users").send().await,
            Api::new().get("/api/v1/users/me").send().await,
        ];
        for answer in answers {
            for (name, value) in HEADERS {
                assert_eq!(answer.header(name.as_str()), value, "{} {name}", answer.status);
            }
        }
    }
}
