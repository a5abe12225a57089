//! Every answer that any scenario has seen, to be compared with what the document of the API says.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use super::Answer;
use super::secrets::HASH_CANARY;

const API: &str = "/api/v1";

/// Method, path, status and error code.
type Sighting = (String, String, u16, Option<String>);

/// The problem documents, each with the request that it answers.
static PROBLEMS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// What was answered with a hash of a password, which is nobody's business at all.
static HASHES: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

static SIGHTINGS: Mutex<BTreeSet<Sighting>> = Mutex::new(BTreeSet::new());

/// Takes down what was answered.
pub fn remember(method: &str, path: &str, answer: &Answer) {
    let path = path.split('?').next().unwrap_or(path);
    let problem: Option<Value> = serde_json::from_slice(&answer.body).ok();
    let code = problem.and_then(|problem| Some(problem["code"].as_str()?.to_owned()));
    let code = code.filter(|_| answer.status >= 400);
    let sighting = (method.to_owned(), path.to_owned(), answer.status, code);
    SIGHTINGS.lock().unwrap().insert(sighting);
    if answer.status >= 400 {
        PROBLEMS.lock().unwrap().push(format!("{} {}", answer.asked, answer.text()));
    }
    if answer.text().contains(HASH_CANARY) {
        HASHES.lock().unwrap().insert(answer.asked.clone());
    }
}

/// All problem documents.
pub fn problems() -> Vec<String> {
    PROBLEMS.lock().unwrap().clone()
}

/// The requests that were answered with a hash.
pub fn answered_with_hashes() -> BTreeSet<String> {
    HASHES.lock().unwrap().clone()
}

/// The answers of documented operations that the document doesn't know.
pub fn undocumented(document: &Value) -> BTreeSet<String> {
    let sightings = SIGHTINGS.lock().unwrap();
    let surprises = sightings.iter().filter_map(|(method, path, status, code)| {
        let template = template_of(document, path)?;
        let operation = &document["paths"][&template][method.to_lowercase()];
        let response = &operation["responses"][status.to_string()];
        let is_known = operation.is_null() || is_declared(response, code.as_deref());
        let code = code.as_deref().unwrap_or("");
        (!is_known).then(|| format!("{method} {template}: {status} {code}"))
    });
    surprises.collect()
}

fn is_declared(response: &Value, code: Option<&str>) -> bool {
    let examples = &response["content"]["application/problem+json"]["examples"];
    response.is_object() && code.is_none_or(|code| examples[code].is_object())
}

/// The path as the document writes it; what stands there literally comes before a parameter.
fn template_of(document: &Value, path: &str) -> Option<String> {
    path.strip_prefix(API)?;
    let templates = document["paths"].as_object()?.keys();
    let fitting = templates.filter(|template| fits(template, path));
    fitting.min_by_key(|template| template.matches('{').count()).cloned()
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    let pairs = template.iter().zip(&path);
    template.len() == path.len()
        && pairs.into_iter().all(|(wanted, found)| wanted == found || wanted.starts_with('{'))
}
