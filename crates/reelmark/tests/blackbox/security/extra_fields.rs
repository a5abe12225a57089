//! Fields that nobody may set.

use serde_json::Value;

use super::every_operation::Verdict::Admitted;
use super::every_operation::{Cast, ROWS};
use super::permissions::first_admitted;
use crate::beside_others;
use crate::support::TestApp;
use crate::support::document::{fields_of_body, operations};
use crate::support::member::patiently;
use crate::support::scenario::Scenario;

const FIELDS: [(&str, &str); 8] = [
    ("id", "1"),
    ("role", "\"admin\""),
    ("is_admin", "true"),
    ("password_hash", "\"$2b$04$\""),
    ("version", "1"),
    ("user_id", "1"),
    ("status", "\"active\""),
    ("__proto__", "{\"role\": \"admin\"}"),
];

pub fn scenarios() -> Vec<Scenario> {
    beside_others![no_body_takes_a_field_that_nobody_may_set]
}

/// The same body without the field is taken afterwards, so that nothing of the refused one was
/// done: no code was used up, no version counted.
fn no_body_takes_a_field_that_nobody_may_set(app: &TestApp) {
    let cast = Cast::of(app);
    let mut with_body = 0;
    for (id, access, prepare) in ROWS {
        let Some(known) = known_fields(id) else { continue };
        with_body += 1;
        let sender = first_admitted(&cast, access);
        let request = prepare(&cast, sender);
        let body = request.body.as_ref().unwrap_or_else(|| panic!("{id} should have a body"));
        for (field, value) in FIELDS.iter().filter(|(field, _)| known.iter().all(|k| k != field)) {
            let body = and(body, field, value);
            let answer = patiently(|| request.call(app, Some(sender), Some(&body)).send());
            answer.refuses([(*field, "unknown_field")]);
        }
        let answer = patiently(|| request.call(app, Some(sender), None).send());
        let is_taken = access
            .iter()
            .any(|verdict| matches!(verdict, Admitted(status) if *status == answer.status));
        assert!(is_taken, "{id}: {}", answer.describe());
    }
    assert!(with_body >= 14, "only {with_body} operations have a body");
    assert_eq!(cast.other.get("/users/me").json(200)["role"], "member");
}

/// The fields that the body of an operation has, if it has a body at all.
fn known_fields(id: &str) -> Option<Vec<String>> {
    let mut operations = operations().into_iter();
    let (_, _, operation) = operations.find(|(_, _, found)| found["operationId"] == id)?;
    fields_of_body(&operation)
}

fn and(body: &Value, field: &str, value: &str) -> Value {
    let mut body = body.clone();
    body[field] = serde_json::from_str(value).expect("a value is JSON");
    body
}
