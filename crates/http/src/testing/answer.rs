use actix_web::http::header::HeaderMap;
use actix_web::web::Bytes;
use serde_json::Value;

use super::samples::SECRET_CAUSE;

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// Whether the connection stays open.
    pub(crate) keeps_alive: bool,
}

impl Answer {
    /// The value of a header, empty when there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json", "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The problem document, which has the same form whatever went wrong.
    pub(crate) fn problem(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text());
        let problem: Value = serde_json::from_slice(&self.body).unwrap();
        let mut members: Vec<_> = problem.as_object().unwrap().keys().map(String::as_str).collect();
        members.sort_unstable();
        assert_eq!(members, ["code", "detail", "errors", "request_id", "status", "title", "type"]);
        assert_eq!(problem["status"], self.status);
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        let code = problem["code"].as_str().unwrap();
        assert_eq!(problem["type"], format!("urn:reelmark:problem:{code}"));
        self.says_what_the_status_demands();
        problem
    }

    fn says_what_the_status_demands(&self) {
        let demanded = match self.status {
            401 => "www-authenticate",
            405 => "allow",
            429 | 503 => "retry-after",
            _ => "x-request-id",
        };
        assert_ne!(self.header(demanded), "", "{demanded} is missing");
        assert!(!self.text().contains(SECRET_CAUSE), "the cause leaked: {}", self.text());
    }

    /// The problem's status and code.
    pub(crate) fn error(&self) -> (u16, String) {
        let code = self.problem()["code"].as_str().unwrap().to_owned();
        (self.status, code)
    }

    /// Which rule each refused field breaks.
    pub(crate) fn fields(&self) -> Vec<(String, String)> {
        assert_eq!(self.error(), (422, "validation_failed".to_owned()));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let problem = self.problem();
        let errors = problem["errors"].as_array().unwrap().iter();
        errors.map(|error| (text(&error["field"]), text(&error["code"]))).collect()
    }

    /// Asserts that this is a refusal for these fields and these reasons, in order.
    pub(crate) fn refuses(&self, fields: &[(&str, &str)]) {
        let expected: Vec<_> =
            fields.iter().map(|(field, code)| ((*field).into(), (*code).into())).collect();
        assert_eq!(self.fields(), expected, "{}", self.text());
    }

    /// Asserts that this is a problem of this kind.
    pub(crate) fn fails(&self, status: u16, code: &str) {
        assert_eq!(self.error(), (status, code.to_owned()), "{}", self.text());
    }
}
