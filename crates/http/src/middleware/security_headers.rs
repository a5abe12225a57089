use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// What every answer says, unless it says something of its own. Pages may load what this server
/// serves and nothing else; no code or style stands inside a page. (`data:` images are the icons of
/// the API browser.)
static HEADERS: [(HeaderName, HeaderValue); 7] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
             font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; \
             form-action 'self'; frame-ancestors 'none'",
        ),
    ),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

/// Adds the headers that keep browsers from being used against their owners.
pub(super) fn add(headers: &mut HeaderMap) {
    for (name, value) in &HEADERS {
        if !headers.contains_key(name) {
            headers.insert(name.clone(), value.clone());
        }
    }
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
            for (name, value) in &HEADERS {
                assert_eq!(answer.header(name.as_str()), value, "{} {name}", answer.status);
            }
        }
    }
}
