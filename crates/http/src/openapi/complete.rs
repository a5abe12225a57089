use serde_json::{Value, json};

use super::{BEARER, OperationErrors, Rule, errors, headers, idempotency};
use crate::throttling::Limits;

/// Optional members that are left out when they are absent, instead of being `null`.
const LEFT_OUT: [&str; 2] = ["total", "explanation"];

const DESCRIPTION: &str = "Rate movies from 1 to 10, see what others rate, and read scores that \
    are computed in the background. Times are RFC 3339 in UTC; unknown fields and parameters are \
    refused; every error is a problem document (RFC 9457) with a stable `code`.";

const TAGS: [(&str, &str); 8] = [
    ("Auth", "Signing in, staying signed in, and signing out."),
    ("Users", "Accounts and profiles."),
    ("Movies", "The catalogue."),
    ("Ratings", "What people think of movies."),
    ("Imports", "Ratings that people bring along from elsewhere."),
    ("Charts", "The best of the catalogue."),
    ("Reports", "Numbers that are computed in the background and read later."),
    ("Admin", "Looking after the service."),
];

/// Adds to the derived document what paperclip can't say.
///
/// # Panics
/// When a rule names something that the document doesn't have.
pub(super) fn complete(mut document: Value) -> Value {
    head(&mut document);
    answers(&mut document);
    document["components"]["schemas"]["Problem"] = errors::problem_schema();
    idempotency::add(&mut document);
    let schemas = document["components"]["schemas"].clone();
    each_operation(&mut document, |method, path, operation| {
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        let specific = operation_errors().find(|errors| errors.0 == id);
        let limits = Limits::of(method, path);
        errors::add(operation, limits, specific.map_or(&[], |errors| errors.1));
        headers::add(operation, &schemas);
    });
    for rule in rules() {
        if let Err(place) = rule.apply(&mut document) {
            panic!("the document has no {place}");
        }
    }
    document
}

fn operation_errors() -> impl Iterator<Item = &'static OperationErrors> {
    crate::app::OPERATION_ERRORS.iter().copied().flatten()
}

fn rules() -> Vec<Rule> {
    crate::app::rules()
}

fn head(document: &mut Value) {
    document["openapi"] = json!("3.0.3");
    document["info"] = json!({
        "title": "Reelmark",
        "version": env!("CARGO_PKG_VERSION"),
        "description": DESCRIPTION,
        "license": {"name": "MIT OR Apache-2.0"},
    });
    document["servers"] = json!([{"url": "/"}]);
    let tags = TAGS.map(|(name, description)| json!({"name": name, "description": description}));
    document["tags"] = json!(tags);
    document["components"]["securitySchemes"][BEARER] =
        json!({"type": "http", "scheme": "bearer", "bearerFormat": "JWT"});
}

/// Answers always have all their members; one that may be absent is `null` instead.
fn answers(document: &mut Value) {
    let Some(schemas) = document["components"]["schemas"].as_object_mut() else { return };
    for (name, schema) in schemas {
        if name.ends_with("Response") || name.ends_with("Page") {
            always_present(schema);
        }
    }
}

fn always_present(schema: &mut Value) {
    if let Some(items) = schema.get_mut("items") {
        always_present(items);
    }
    let required = schema["required"].clone();
    let is_required = |name: &str| {
        required.as_array().is_some_and(|names| names.iter().any(|found| found == name))
    };
    let Some(properties) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    for (name, property) in properties.iter_mut() {
        always_present(property);
        if !is_required(name) && !LEFT_OUT.contains(&name.as_str()) {
            property["nullable"] = json!(true);
        }
    }
    let names: Vec<_> =
        properties.keys().filter(|name| !LEFT_OUT.contains(&name.as_str())).cloned().collect();
    schema["required"] = json!(names);
}

fn each_operation(document: &mut Value, mut change: impl FnMut(&str, &str, &mut Value)) {
    let paths = document["paths"].as_object_mut();
    for (name, path) in paths.into_iter().flatten() {
        let operations = path.as_object_mut().into_iter().flatten();
        for (method, operation) in operations.filter(|(_, found)| found["responses"].is_object()) {
            change(&method.to_uppercase(), name, operation);
        }
    }
}
