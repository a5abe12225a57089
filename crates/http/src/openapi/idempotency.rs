use serde_json::{Value, json};

use crate::extract::MAX_KEY;
use crate::middleware::takes_keys;

/// The name of the header as the document writes it.
pub(super) const HEADER: &str = "Idempotency-Key";

const DESCRIPTION: &str = "Names this request: made up by the client, best a random UUID. A request \
    that is repeated with the same key within 24 hours is not done again, and gets the same answer \
    with `Idempotency-Replayed: true`.";

/// Lets every operation that takes keys say so.
pub(super) fn add(document: &mut Value) {
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for (_, item) in paths.iter_mut().filter(|(path, _)| takes_keys(path)) {
        let operation = item.get_mut("post").and_then(Value::as_object_mut);
        let Some(operation) = operation else {
            continue;
        };
        let parameters = operation.entry("parameters").or_insert_with(|| json!([]));
        if let Some(parameters) = parameters.as_array_mut() {
            parameters.push(parameter());
        }
    }
}

/// Whether an operation takes keys.
pub(super) fn takes_key(operation: &Value) -> bool {
    let parameters = operation["parameters"].as_array();
    parameters.is_some_and(|parameters| parameters.iter().any(|found| found["name"] == HEADER))
}

fn parameter() -> Value {
    json!({
        "name": HEADER,
        "in": "header",
        "required": false,
        "description": DESCRIPTION,
        "schema": {"type": "string", "minLength": 1, "maxLength": MAX_KEY},
        "example": "8e03978e-40d5-43dd-bc93-6894a57f9324",
    })
}
