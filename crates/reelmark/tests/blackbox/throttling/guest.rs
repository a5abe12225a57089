//! Somebody at an address of their own.

use serde_json::{Value, json};

use crate::support::call::Call;
use crate::support::{Answer, Launch, Stack, TestApp};

/// A service with limits, which believes this machine when it says for whom it asks.
pub fn limited(stack: Stack) -> Launch {
    stack.launch().with("RATE_LIMITS", "on").with("TRUSTED_PROXIES", "127.0.0.1")
}

/// A client at some address.
pub struct Guest {
    app: TestApp,
    address: String,
}

impl Guest {
    pub fn new(app: &TestApp, address: &str) -> Self {
        Self { app: app.clone(), address: address.to_owned() }
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        self.app.call(method, path).header("x-forwarded-for", &self.address)
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send()
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).json(body).send()
    }

    /// Tries to sign in, once.
    #[track_caller]
    pub fn log_in(&self, login: &str, password: &str) -> Answer {
        self.post("/auth/login", &json!({"login": login, "password": password}))
    }

    #[track_caller]
    pub fn guess(&self, login: &str) -> Answer {
        self.log_in(login, "not the right password")
    }
}

/// The seconds in `Retry-After`, which must be there.
#[track_caller]
pub fn retry_after(answer: &Answer) -> u64 {
    let seconds = answer.header("retry-after").and_then(|seconds| seconds.parse().ok());
    seconds.unwrap_or_else(|| panic!("no time to retry at: {}", answer.describe()))
}

/// A metric of this name and with this text in its labels; 0 before it was counted at all.
pub fn metric(app: &TestApp, name: &str, labels: &str) -> u64 {
    let metrics = app.at_root("/metrics").expect(200).text();
    let mut lines = metrics.lines().filter(|line| !line.starts_with('#'));
    let line = lines.find(|line| line.starts_with(name) && line.contains(labels));
    let value = line.and_then(|line| line.rsplit(' ').next());
    value.map_or(0, |value| value.parse().expect("a count is a number"))
}

/// How many passwords were hashed.
pub fn hashes(app: &TestApp) -> u64 {
    metric(app, "reelmark_password_hashes_total", "")
}

/// How often a replica decided by itself.
pub fn fallback_answers(app: &TestApp) -> u64 {
    metric(app, "reelmark_rate_limit_fallback_answers_total", "")
}
