//! The document of the API, as the program prints it.

use std::sync::LazyLock;

use serde_json::Value;

use super::Launch;

/// What the program prints, and the same read.
static PRINTED: LazyLock<(String, Value)> = LazyLock::new(|| {
    let ended = Launch::embedded().run(&["openapi"]);
    assert!(ended.succeeded, "{}", ended.stderr);
    let document = serde_json::from_str(&ended.stdout).expect("it should print JSON");
    (ended.stdout, document)
});

pub fn printed() -> &'static str {
    &PRINTED.0
}

pub fn document() -> &'static Value {
    &PRINTED.1
}

/// Path, method and description of every operation.
pub fn operations() -> Vec<(String, String, Value)> {
    let paths = document()["paths"].as_object().expect("there should be paths").clone();
    let operations = paths.into_iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().cloned().unwrap_or_default();
        let operations = methods.into_iter().filter(|(_, found)| found["responses"].is_object());
        operations.map(move |(method, found)| (path.clone(), method, found))
    });
    operations.collect()
}

/// The names that the JSON body of an operation may have at its top, if it takes one.
pub fn fields_of_body(operation: &Value) -> Option<Vec<String>> {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let named = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next());
    let schema = named.map_or(schema, |name| &document()["components"]["schemas"][name]);
    if schema.is_null() {
        return None;
    }
    let properties = schema["properties"].as_object().expect("a body should be an object");
    Some(properties.keys().cloned().collect())
}
