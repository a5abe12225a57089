//! Somebody with an account.

use std::time::Duration;

use serde_json::{Value, json};

use super::call::Call;
use super::patience::poll_every;
use super::{Answer, Movie, TestApp, secrets, unique_name};

/// Enough for everybody's password to be hashed, even on a busy machine.
const HASHED_WITHIN: Duration = Duration::from_secs(90);

/// Shorter than the service asks for, because it shares the machine with few others.
const BEFORE_ANOTHER_TRY: Duration = Duration::from_millis(200);

/// Somebody with an account, signed in.
#[derive(Clone)]
pub struct Member {
    pub app: TestApp,
    pub username: String,
    pub email: String,
    pub password: String,
    pub token: String,
    pub refresh_token: String,
}

/// Signs up somebody new and signs them in.
#[track_caller]
pub fn sign_up(app: &TestApp, name: &str) -> Member {
    let username = unique_name(name);
    let email = secrets::email_of(&username);
    let password = secrets::password_of(&username);
    let account = json!({"username": username, "email": email, "password": password});
    patiently(|| app.post("/users", &account)).expect(201);
    Member::sign_in(app, &username, &password)
}

/// The answer to what needs a password hashed. A service that has too many to hash says so and
/// means that one should try again.
#[track_caller]
pub fn patiently(ask: impl Fn() -> Answer) -> Answer {
    let answer = poll_every(BEFORE_ANOTHER_TRY, HASHED_WITHIN, || {
        let answer = ask();
        let is_busy = answer.status == 503 && answer.value()["code"] == "overloaded";
        (!is_busy).then_some(answer)
    });
    answer.unwrap_or_else(|| panic!("still too busy after {HASHED_WITHIN:?}"))
}

impl Member {
    /// Signs in somebody who has an account.
    #[track_caller]
    pub fn sign_in(app: &TestApp, username: &str, password: &str) -> Self {
        let login = json!({"login": username, "password": password});
        let signed_in = patiently(|| app.post("/auth/login", &login)).json(200);
        let token = signed_in["access_token"].as_str().expect("a token should be there");
        let refresh = signed_in["refresh_token"].as_str().expect("so should the other");
        Self {
            app: app.clone(),
            username: username.to_owned(),
            email: secrets::email_of(username),
            password: password.to_owned(),
            token: token.to_owned(),
            refresh_token: refresh.to_owned(),
        }
    }

    /// The same account and token at another replica, or at the same after a restart.
    pub fn at(&self, app: &TestApp) -> Self {
        Self { app: app.clone(), ..self.clone() }
    }

    /// A request below `/api/v1` with the token.
    pub fn call(&self, method: &str, path: &str) -> Call {
        self.app.call(method, path).token(&self.token)
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path).send()
    }

    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.call("POST", path).json(body).send()
    }

    #[track_caller]
    pub fn put(&self, path: &str, body: &Value) -> Answer {
        self.call("PUT", path).json(body).send()
    }

    #[track_caller]
    pub fn patch(&self, path: &str, etag: &str, body: &Value) -> Answer {
        self.call("PATCH", path).header("if-match", etag).json(body).send()
    }

    #[track_caller]
    pub fn delete(&self, path: &str) -> Answer {
        self.call("DELETE", path).send()
    }

    #[track_caller]
    pub fn add_movie(&self, facts: &Value) -> Movie {
        Movie::from_answer(self.post("/movies", facts).expect(201))
    }

    /// Adds a movie of this title and nothing else.
    #[track_caller]
    pub fn add_movie_titled(&self, title: &str) -> Movie {
        self.add_movie(&json!({"title": title}))
    }

    /// Rates a movie, provided it works.
    #[track_caller]
    pub fn rate(&self, movie: &Movie, score: i64) -> Answer {
        let answer = self.put(&movie.rating(), &json!({"score": score}));
        assert!(matches!(answer.status, 200 | 201), "{}", answer.describe());
        answer
    }

    #[track_caller]
    pub fn review(&self, movie: &Movie, score: i64, review: &str) -> Answer {
        self.put(&movie.rating(), &json!({"score": score, "review": review}))
    }

    #[track_caller]
    pub fn unrate(&self, movie: &Movie) {
        self.delete(&movie.rating()).expect(204);
    }

    #[track_caller]
    pub fn edit_profile(&self, changes: &Value) -> Answer {
        let etag = self.get("/users/me").expect(200).etag();
        self.patch("/users/me", &etag, changes)
    }

    /// The path of the public profile.
    pub fn profile(&self) -> String {
        format!("/users/{}", self.username)
    }
}
