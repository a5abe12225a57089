use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::idempotency::takes_key;
use crate::problem::{ApiError, ErrorCode};
use crate::throttling::Limits;

/// The operation with this id answers with these codes, besides those that follow from its shape.
pub(crate) struct OperationErrors(pub(crate) &'static str, pub(crate) &'static [ErrorCode]);

/// The schema of every failed answer (RFC 9457).
pub(super) fn problem_schema() -> Value {
    let text = |description: &str| json!({"type": "string", "description": description});
    json!({
        "type": "object",
        "description": "What went wrong, as RFC 9457 defines it.",
        "required": ["type", "title", "status", "code", "detail", "request_id", "errors"],
        "properties": {
            "type": text("Names the kind of problem as a URI."),
            "title": text("The kind of problem in a few words."),
            "status": {"type": "integer", "description": "The HTTP status."},
            "code": text("The kind of problem, stable and machine-readable."),
            "detail": text("This occurrence in a sentence."),
            "request_id": text("Names the request in the server's log."),
            "errors": {
                "type": "array",
                "description": "What is wrong with which field.",
                "items": {
                    "type": "object",
                    "required": ["field", "code", "message"],
                    "properties": {
                        "field": text("The field's path."),
                        "code": text("The rule, stable and machine-readable."),
                        "message": text("The rule in words."),
                    },
                },
            },
        },
    })
}

/// Adds every error an operation can answer with.
pub(super) fn add(operation: &mut Value, limits: Limits, specific: &[ErrorCode]) {
    let mut by_status: BTreeMap<u16, Vec<ErrorCode>> = BTreeMap::new();
    let limited = (!limits.is_none()).then_some(ErrorCode::TooManyRequests);
    for code in implied(operation).into_iter().chain(limited).chain(specific.iter().copied()) {
        let codes = by_status.entry(code.status().as_u16()).or_default();
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, codes) in by_status {
        responses.insert(status.to_string(), response(&codes));
    }
}

fn response(codes: &[ErrorCode]) -> Value {
    let titles: Vec<String> =
        codes.iter().map(|code| format!("`{}`: {}.", code.code(), code.title())).collect();
    let examples: Map<String, Value> = codes
        .iter()
        .map(|code| {
            let document = ApiError::new(*code).document("0198c2f0-6d1e-7cc3-98c4-dc0c0c07398f");
            (code.code().to_owned(), json!({"value": document}))
        })
        .collect();
    json!({
        "description": titles.join(" "),
        "content": {"application/problem+json": {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "examples": examples,
        }},
    })
}

/// The errors that follow from what an operation takes.
fn implied(operation: &Value) -> Vec<ErrorCode> {
    use ErrorCode::*;
    let mut codes = vec![Internal, Unavailable, RequestTimeout];
    let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !operation["requestBody"].is_null() {
        codes.extend([MalformedRequest, MalformedJson, BodyTooLarge, UnsupportedMediaType]);
        codes.push(ValidationFailed);
    }
    if parameters.iter().any(|parameter| parameter["in"] == "path") {
        codes.push(ValidationFailed);
    }
    if parameters.iter().any(|parameter| parameter["in"] == "query") {
        codes.extend([MalformedRequest, ValidationFailed]);
    }
    if parameters.iter().any(|parameter| parameter["name"] == "If-Match") {
        codes.extend([PreconditionFailed, PreconditionRequired]);
    }
    if takes_key(operation) {
        codes.extend([MalformedRequest, BodyTooLarge, IdempotencyKeyReused, IdempotencyInFlight]);
    }
    let security = operation["security"].as_array().map(Vec::as_slice).unwrap_or_default();
    if !security.is_empty() {
        codes.extend([InvalidToken, TokenExpired]);
    }
    let is_mandatory = security.iter().all(|scheme| scheme != &json!({}));
    if !security.is_empty() && is_mandatory {
        codes.push(Unauthenticated);
    }
    codes
}
