//! One request, from its parts to its answer.

use reqwest::Method;
use reqwest::blocking::RequestBuilder;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::{Answer, TestApp, secrets, seen};

/// A request in the making.
#[must_use = "a request does nothing until it is sent"]
pub struct Call {
    app: TestApp,
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Call {
    /// A request to a path below the root.
    pub fn new(app: &TestApp, method: &str, path: &str) -> Self {
        Self {
            app: app.clone(),
            method: Method::from_bytes(method.as_bytes()).expect("a method is a word"),
            path: path.to_owned(),
            headers: HeaderMap::new(),
            body: Vec::new(),
        }
    }

    pub fn header(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        if name == "idempotency-key" {
            secrets::remember_key(value.as_ref());
        }
        let name = HeaderName::from_bytes(name.as_bytes()).expect("it should name a header");
        let value = HeaderValue::from_bytes(value.as_ref()).expect("it should fit into a header");
        self.headers.append(name, value);
        self
    }

    pub fn token(self, token: &str) -> Self {
        self.header("authorization", format!("Bearer {token}"))
    }

    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub fn body(mut self, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self.header("content-type", kind)
    }

    /// Sends it and waits for the answer.
    #[track_caller]
    pub fn send(self) -> Answer {
        let asked = format!("{} {}", self.method, self.path);
        let answer = self.try_send();
        answer.unwrap_or_else(|error| panic!("{asked} was not answered: {error:?}"))
    }

    /// The status alone, for an answer that has no end.
    #[track_caller]
    pub fn status(self) -> u16 {
        let response = self.request().send().expect("it should be answered");
        response.status().as_u16()
    }

    /// Sends it to a service that may be about to go.
    pub fn try_send(self) -> reqwest::Result<Answer> {
        let asked = format!("{} {}", self.method, self.path);
        let response = self.request().send()?;
        let answer = Answer {
            asked,
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes()?.to_vec(),
            process: self.app.process().clone(),
        };
        secrets::remember_tokens_in(&answer.body);
        seen::remember(self.method.as_str(), &self.path, &answer);
        Ok(answer)
    }

    fn request(&self) -> RequestBuilder {
        let request = self.app.client().request(self.method.clone(), self.app.url(&self.path));
        request.headers(self.headers.clone()).body(self.body.clone())
    }
}
