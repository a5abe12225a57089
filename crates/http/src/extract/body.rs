use std::future::{Future, ready};
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header;
use actix_web::web::{Bytes, Json};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use futures_util::StreamExt;
use paperclip::actix::OperationModifier;
use paperclip::v2::models::DefaultOperationRaw;
use paperclip::v2::schema::Apiv2Schema;
use serde::de::DeserializeOwned;

use super::serde_error::field_error;
use crate::problem::{ApiError, ErrorCode};

/// How many bytes a body may have. A resource that takes more says so in its `app_data`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodyLimit(pub(crate) usize);

/// Enough for a call that doesn't import anything.
impl Default for BodyLimit {
    fn default() -> Self {
        Self(32 * 1024)
    }
}

/// A JSON body. Deeper nesting than 128 levels is refused by the parser.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = check_head(request);
        let payload = payload.take();
        let limit = BodyLimit::of(request);
        Box::pin(async move {
            head?;
            parse(&read_body(payload, limit).await?).map(Self)
        })
    }
}

/// A JSON body, or none at all where something else says what is wanted.
pub(crate) struct MaybeBody<T>(pub(crate) Option<T>);

impl<T: DeserializeOwned + 'static> FromRequest for MaybeBody<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if !request.headers().contains_key(header::CONTENT_TYPE) && is_empty(request) {
            return Box::pin(ready(Ok(Self(None))));
        }
        let body = Body::from_request(request, payload);
        Box::pin(async { Ok(Self(Some(body.await?.0))) })
    }
}

fn is_empty(request: &HttpRequest) -> bool {
    let headers = request.headers();
    let length = headers.get(header::CONTENT_LENGTH);
    length.is_none_or(|length| length == "0") && !headers.contains_key(header::TRANSFER_ENCODING)
}

fn check_head(request: &HttpRequest) -> Result<(), ApiError> {
    if !request.content_type().eq_ignore_ascii_case("application/json") {
        return Err(ApiError::new(ErrorCode::UnsupportedMediaType));
    }
    let limit = BodyLimit::of(request);
    if announced_length(request).is_some_and(|length| length > limit.0) {
        return Err(too_large(limit));
    }
    Ok(())
}

fn announced_length(request: &HttpRequest) -> Option<usize> {
    let length = request.headers().get(header::CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok()
}

impl BodyLimit {
    /// The limit of the resource that was asked for.
    pub(crate) fn of(request: &HttpRequest) -> Self {
        request.app_data::<Self>().copied().unwrap_or_default()
    }
}

/// Reads a body to its end.
pub(crate) async fn read_body(mut payload: Payload, limit: BodyLimit) -> Result<Vec<u8>, ApiError> {
    let mut body = Vec::new();
    while let Some(chunk) = payload.next().await {
        let chunk: Bytes = chunk.map_err(unreadable)?;
        if body.len() + chunk.len() > limit.0 {
            return Err(too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

/// How much of a body that is too large is read all the same. Whoever is still sending sees a
/// broken connection instead of the answer.
const POLITENESS: usize = 32 * 1024 * 1024;

/// Reads a body to its end, and one that is a little too large, too, so that its sender gets to
/// read the answer.
pub(super) async fn read_body_politely(
    request: &HttpRequest,
    mut payload: Payload,
    limit: BodyLimit,
) -> Result<Vec<u8>, ApiError> {
    let announced = announced_length(request);
    if announced.is_some_and(|length| length > POLITENESS) {
        return Err(too_large(limit));
    }
    let (mut body, mut length) = (Vec::new(), 0);
    while let Some(chunk) = payload.next().await {
        let chunk: Bytes = chunk.map_err(unreadable)?;
        length += chunk.len();
        match length {
            length if length > POLITENESS => return Err(too_large(limit)),
            length if length > limit.0 => body = Vec::new(),
            _ => body.extend_from_slice(&chunk),
        }
    }
    if length > limit.0 { Err(too_large(limit)) } else { Ok(body) }
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    // Serde also reads a struct from an array of its fields, which nobody was promised.
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(ApiError::field("body", "invalid_type", "must be an object"));
    }
    let mut json = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let path = error.path().clone();
        match error.into_inner() {
            inner if inner.is_data() => field_error(&path, &inner.to_string()),
            inner => malformed(&inner),
        }
    })?;
    json.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

/// Reads one item of a list whose items are told apart.
pub(crate) fn item_of<T: DeserializeOwned>(raw: serde_json::Value) -> Result<T, ApiError> {
    if !raw.is_object() {
        return Err(ApiError::field("item", "invalid_type", "must be an object"));
    }
    serde_path_to_error::deserialize(raw).map_err(|error| {
        let path = error.path().clone();
        field_error(&path, &error.into_inner().to_string())
    })
}

fn malformed(error: &serde_json::Error) -> ApiError {
    let detail = format!("The body is not JSON: {error}.");
    ApiError::new(ErrorCode::MalformedJson).detail(detail)
}

pub(super) fn too_large(BodyLimit(limit): BodyLimit) -> ApiError {
    let detail = format!("The body must have at most {limit} bytes.");
    ApiError::new(ErrorCode::BodyTooLarge).detail(detail)
}

fn unreadable(error: PayloadError) -> ApiError {
    ApiError::new(ErrorCode::MalformedRequest).detail(format!("The body can't be read: {error}."))
}

impl<T: Apiv2Schema> Apiv2Schema for Body<T> {
    fn name() -> Option<String> {
        T::name()
    }

    fn raw_schema() -> paperclip::v2::models::DefaultSchemaRaw {
        T::raw_schema()
    }
}

impl<T: Apiv2Schema> OperationModifier for Body<T> {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        Json::<T>::update_parameter(op);
    }
}

impl<T: Apiv2Schema> Apiv2Schema for MaybeBody<T> {
    fn name() -> Option<String> {
        T::name()
    }

    fn raw_schema() -> paperclip::v2::models::DefaultSchemaRaw {
        T::raw_schema()
    }
}

impl<T: Apiv2Schema> OperationModifier for MaybeBody<T> {
    fn update_parameter(op: &mut DefaultOperationRaw) {
        Json::<T>::update_parameter(op);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rating {
        #[expect(dead_code, reason = "the test looks at errors alone")]
        score: Option<i64>,
    }

    fn problem(body: &str) -> serde_json::Value {
        parse::<Rating>(body.as_bytes()).unwrap_err().document("r")
    }

    #[test]
    fn names_the_field_of_a_wrong_type() {
        for body in [r#"{"score":"7"}"#, r#"{"score":5.5}"#, r#"{"score":[[]]}"#] {
            let problem = problem(body);
            assert_eq!(problem["errors"][0]["field"], "score", "{body}");
            assert_eq!(problem["errors"][0]["code"], "invalid_type", "{body}");
        }
    }

    #[test]
    fn names_an_unknown_field() {
        let problem = problem(r#"{"score":7,"is_admin":true}"#);
        assert_eq!(problem["code"], "validation_failed");
        assert_eq!(problem["errors"][0]["field"], "is_admin");
        assert_eq!(problem["errors"][0]["code"], "unknown_field");
    }

    #[test]
    fn tells_json_from_what_is_not() {
        for body in ["", "{", "{\"score\":7}x", "{\"score\":\"\\ud800\"}"] {
            assert_eq!(problem(body)["code"], "malformed_json", "{body}");
        }
    }

    #[test]
    fn refuses_fields_without_names() {
        let problem = problem(" [7]");
        assert_eq!(problem["errors"][0]["message"], "body must be an object");
    }

    #[test]
    fn refuses_deep_nesting() {
        let deep = format!("{}1{}", r#"{"a":"#.repeat(200), "}".repeat(200));
        let error = parse::<serde_json::Value>(deep.as_bytes()).unwrap_err();
        assert_eq!(error.document("r")["code"], json!("malformed_json"));
    }
}
