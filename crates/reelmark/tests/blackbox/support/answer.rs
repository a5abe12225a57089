//! What the service answered, and what may be said about it.

use std::sync::Arc;

use reqwest::header::HeaderMap;
use serde_json::Value;

use super::process::Process;

/// An answer, with all that is needed to say what went wrong when it is not the expected one.
pub struct Answer {
    /// The request in short, such as `GET /api/v1/movies`.
    pub asked: String,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
    /// Who answered, for its log.
    pub process: Arc<Process>,
}

impl Answer {
    /// The answer, provided it has this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        self.check(self.status == status, &format!("status {status}"));
        self
    }

    /// The body as JSON, provided the answer has this status.
    #[track_caller]
    pub fn json(self, status: u16) -> Value {
        let answer = self.expect(status);
        let kind = answer.header("content-type").unwrap_or_default();
        answer.check(kind.starts_with("application/json"), "the type application/json");
        answer.value()
    }

    /// The body as JSON, whatever the status is.
    #[track_caller]
    pub fn value(&self) -> Value {
        let value = serde_json::from_slice(&self.body);
        self.check(value.is_ok(), "a body of JSON");
        value.unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A header, provided it is there once and readable.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next().filter(|_| values.next().is_none());
        value.and_then(|value| value.to_str().ok())
    }

    #[track_caller]
    pub fn etag(&self) -> String {
        let etag = self.header("etag");
        self.check(etag.is_some(), "an ETag");
        etag.unwrap().to_owned()
    }

    /// The problem document, provided it is a complete one (RFC 9457) with this status and code.
    #[track_caller]
    pub fn problem(self, status: u16, code: &str) -> Value {
        let answer = self.expect(status);
        let kind = answer.header("content-type");
        answer.check(kind == Some("application/problem+json"), "the type of a problem document");
        let problem = answer.value();
        answer.check(problem["code"] == code, &format!("the code {code}"));
        answer.check(problem["status"] == status, "the status in the document");
        for member in ["type", "title", "detail", "request_id"] {
            let is_said = problem[member].as_str().is_some_and(|text| !text.is_empty());
            answer.check(is_said, &format!("a {member}"));
        }
        let request_id = answer.header("x-request-id");
        answer.check(problem["request_id"].as_str() == request_id, "the id of this request");
        answer.check(problem["errors"].is_array(), "a list of errors");
        answer.check_headers(status);
        problem
    }

    fn check_headers(&self, status: u16) {
        let needed = match status {
            401 => "www-authenticate",
            405 => "allow",
            429 | 503 => "retry-after",
            _ => return,
        };
        self.check(self.header(needed).is_some(), &format!("a header {needed}"));
    }

    /// The problem document, provided it refuses these fields and no others.
    #[track_caller]
    pub fn refuses<const N: usize>(self, expected: [(&str, &str); N]) -> Value {
        let asked = self.asked.clone();
        let problem = self.problem(422, "validation_failed");
        let errors = problem["errors"].as_array().unwrap();
        let text = |error: &Value, member: &str| error[member].as_str().unwrap_or("").to_owned();
        let mut found: Vec<_> =
            errors.iter().map(|error| (text(error, "field"), text(error, "code"))).collect();
        found.sort();
        let mut expected = expected.map(|(field, code)| (field.to_owned(), code.to_owned()));
        expected.sort();
        assert_eq!(found, expected, "{asked} should refuse these fields: {problem:#}");
        let are_explained = errors.iter().all(|error| !text(error, "message").is_empty());
        assert!(are_explained, "{asked} should explain each error: {problem:#}");
        problem
    }

    #[track_caller]
    fn check(&self, holds: bool, expected: &str) {
        assert!(holds, "expected {expected} of {}", self.describe());
    }

    /// All there is to know, with the server's own view of it when it was the server's fault.
    pub fn describe(&self) -> String {
        let Self { asked, status, headers, .. } = self;
        let log = self.process.log();
        let request_id = self.header("x-request-id").unwrap_or("no request id");
        let told = log.lines().filter(|line| line.contains(request_id));
        let told: Vec<&str> = told.collect();
        format!("{asked}\n  {status} {headers:?}\n  {}\n  {}", self.text(), told.join("\n  "))
    }
}
