use serde_json::{Value, json};

use super::idempotency::takes_key;
const POLICY: &str = "The limits that this call was counted against: q units per w seconds \
    (draft-ietf-httpapi-ratelimit-headers); absent when none was.";
const LIMIT: &str = "What is left of them: r units, and t seconds until all of them are back.";

/// States the headers of an operation's answers, as far as they follow from its shape.
pub(super) fn add(operation: &mut Value, schemas: &Value) {
    let can_be_unchanged = !operation["responses"]["304"].is_null();
    let is_edit = operation["parameters"]
        .as_array()
        .is_some_and(|parameters| parameters.iter().any(|p| p["name"] == "If-Match"));
    let takes_key = takes_key(operation);
    let is_limited = !operation["responses"]["429"].is_null();
    let parameters = operation["parameters"].as_array();
    let has_cookie = parameters.is_some_and(|known| known.iter().any(|p| p["name"] == "session"));
    if has_cookie && operation["operationId"] != "logIn" {
        // The cookie takes its place.
        operation["requestBody"]["required"] = json!(false);
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for (status, response) in responses {
        let is_tagged = matches!(status.as_str(), "200" | "304") && (can_be_unchanged || is_edit);
        let mut headers = vec![("X-Request-Id", "Names the request in the server's log.")];
        if is_tagged || status == "201" {
            headers.push(("ETag", "Names this version, for If-Match and If-None-Match."));
        }
        if status == "201" {
            headers.push(("Location", "Where the new thing is."));
        }
        if status == "202" {
            headers.push(("Location", "Where the outcome will be."));
        }
        if status == "200" && is_page(response, schemas) {
            headers.push(("Link", "The next page, with rel=\"next\"; absent on the last one."));
        }
        if has_cookie && status.starts_with('2') {
            headers.push(("Set-Cookie", "`__Host-reelmark` with `session=cookie`."));
        }
        if status == "401" {
            headers.push(("WWW-Authenticate", "How to sign in (RFC 6750)."));
        }
        if takes_key && status.starts_with(['2', '4']) {
            headers.push(("Idempotency-Replayed", "`true` when the answer is a stored one."));
        }
        if is_limited {
            headers.push(("RateLimit-Policy", POLICY));
            headers.push(("RateLimit", LIMIT));
        }
        if matches!(status.as_str(), "429" | "503") || (takes_key && status == "409") {
            headers.push(("Retry-After", "Seconds after which trying again makes sense."));
        }
        response["headers"] = headers
            .into_iter()
            .map(|(name, text)| {
                (name.to_owned(), json!({"description": text, "schema": {"type": "string"}}))
            })
            .collect();
    }
}

fn is_page(response: &Value, schemas: &Value) -> bool {
    let reference = &response["content"]["application/json"]["schema"]["$ref"];
    let name = reference.as_str().and_then(|reference| reference.rsplit('/').next());
    name.is_some_and(|name| !schemas[name]["properties"]["next_cursor"].is_null())
}
