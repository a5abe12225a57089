//! The document of the API.

use std::fs;

use crate::support::document::{document, operations, printed};
use crate::support::scenario::Scenario;
use crate::support::{TestApp, seen};
use crate::{at_last, beside_others, only_on};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../openapi.json");

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = only_on![Embedded:
        the_committed_document_is_up_to_date,
        every_operation_is_described,
    ];
    scenarios
        .extend(beside_others![the_served_document_is_the_printed_one, every_operation_exists,]);
    scenarios.extend(at_last![every_answer_is_documented]);
    scenarios
}

fn the_committed_document_is_up_to_date() {
    let committed = fs::read_to_string(COMMITTED).unwrap_or_default();
    let is_same = committed == printed();
    assert!(is_same, "openapi.json is not what the code says: run `make openapi` and commit it");
}

fn the_served_document_is_the_printed_one(app: &TestApp) {
    let served = app.get("/openapi.json").json(200);
    assert_eq!(served, *document());
    assert_eq!(served["openapi"], "3.0.3");
}

fn every_operation_is_described() {
    let mut ids = Vec::new();
    for (path, method, operation) in operations() {
        for member in ["operationId", "summary"] {
            assert!(operation[member].is_string(), "{method} {path} has no {member}");
        }
        assert!(operation["tags"][0].is_string(), "{method} {path} has no tag");
        assert!(operation["responses"].is_object(), "{method} {path} has no answer");
        ids.push(operation["operationId"].as_str().unwrap_or_default().to_owned());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((ids.len(), count >= 18), (count, true), "{ids:?}");
}

fn every_operation_exists(app: &TestApp) {
    let ends = |path: &str| !path.ends_with("/events");
    for (path, method, _) in operations().into_iter().filter(|(path, _, _)| ends(path)) {
        let path = path.replace("{id}", "1").replace("{username}", "nobody");
        let path = path.strip_prefix("/api/v1").expect("all of the API is below /api/v1");
        let answer = app.call(&method.to_uppercase(), path).send();
        let is_there = answer.status != 405 && answer.value()["code"] != "not_found";
        assert!(is_there, "{}", answer.describe());
    }
}

/// Whatever any scenario was answered stands in the document, with its status and code.
fn every_answer_is_documented() {
    let surprises = seen::undocumented(document());
    assert!(surprises.is_empty(), "the document does not declare {surprises:#?}");
}
