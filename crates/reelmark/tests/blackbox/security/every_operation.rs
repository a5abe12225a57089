//! One valid request for every operation, and who may send it.

use serde_json::{Value, json};

use self::Verdict::{Admitted, Refused};
use crate::support::call::Call;
use crate::support::mailbox::Mailbox;
use crate::support::secrets::{email_of, password_of};
use crate::support::{Member, Movie, TestApp, unique_name, wait_for};

/// What somebody is answered.
#[derive(Clone, Copy, Debug)]
pub enum Verdict {
    /// With this status. A code that is wrong counts, where anybody may try one.
    Admitted(u16),
    /// With this status and code.
    Refused(u16, &'static str),
}

/// Those who ask, in the order of [`Access`].
pub const CALLERS: [&str; 5] = ["anonymous", "the owner", "another", "a curator", "an admin"];

/// What each of [`CALLERS`] is answered.
pub type Access = [Verdict; 5];

const NOBODY: Verdict = Refused(401, "unauthenticated");
const ROLE: Verdict = Refused(403, "forbidden");
const PASSWORD: Verdict = Refused(403, "wrong_password");
const RATING: Verdict = Refused(404, "rating_not_found");
const SESSION: Verdict = Refused(404, "session_not_found");
const IMPORT: Verdict = Refused(404, "import_not_found");
const REPORT: Verdict = Refused(404, "report_not_found");
const USER: Verdict = Refused(404, "user_not_found");

const fn all(status: u16) -> Access {
    [Admitted(status); 5]
}

const fn members(status: u16) -> Access {
    let done = Admitted(status);
    [NOBODY, done, done, done, done]
}

const fn curators(status: u16) -> Access {
    [NOBODY, ROLE, ROLE, Admitted(status), Admitted(status)]
}

const fn admins(status: u16) -> Access {
    [NOBODY, ROLE, ROLE, ROLE, Admitted(status)]
}

/// The owner alone; whoever else is signed in gets `other`.
const fn owner(status: u16, other: Verdict) -> Access {
    [NOBODY, Admitted(status), other, other, other]
}

const fn owner_and_admins(status: u16, other: Verdict) -> Access {
    [NOBODY, Admitted(status), other, other, Admitted(status)]
}

/// A private profile is absent to all but its owner and admins.
const fn private_profile(status: u16) -> Access {
    [USER, Admitted(status), USER, USER, Admitted(status)]
}

/// Makes a request that `Member` may send.
type Prepare = fn(&Cast, &Member) -> Request;

/// The id of an operation, who may do it, and how. What destroys something makes it first, and what
/// takes the owner's account away comes last.
#[rustfmt::skip]
pub const ROWS: &[(&str, Access, Prepare)] = &[
    ("listAuditEvents", admins(200), |_, _| get("/admin/audit-events")),
    ("activateAccount", all(422), |_, _| post("/auth/activate", json!({"code": "guessed"}))),
    ("resendActivation", all(202), |c, _| post("/auth/activation/resend", c.email())),
    ("logIn", all(200), |c, _| post("/auth/login", c.login())),
    ("logOut", all(204), |c, _| post("/auth/logout", c.refresh_token())),
    ("refreshTokens", all(200), |c, _| post("/auth/refresh", c.refresh_token())),
    ("forgotPassword", all(202), |c, _| post("/auth/password/forgot", c.email())),
    ("resetPassword", all(204), |c, _| post("/auth/password/reset", c.forgotten_password())),
    ("listMostRated", all(200), |_, _| get("/charts/most-rated")),
    ("listTopRated", all(200), |_, _| get("/charts/top-rated")),
    ("listTrending", all(200), |_, _| get("/charts/trending")),
    ("listGenres", all(200), |_, _| get("/genres")),
    ("suggestMovies", all(200), |_, _| get("/search/suggest?q=up")),
    ("listMovies", all(200), |_, _| get("/movies")),
    ("addMovie", members(201), |_, _| post("/movies", json!({"title": "Up"}))),
    ("viewMovie", all(200), |c, _| get(&c.movie.path())),
    ("listSimilarMovies", all(200), |c, _| get(&c.movie.similar())),
    ("recommendMovies", members(200), |_, _| get("/users/me/recommendations")),
    ("editMovie", curators(200), |c, _| edit(&c.new_movie(), json!({"release_year": 2009}))),
    ("removeMovie", curators(204), |c, _| delete(&c.new_movie().path())),
    ("viewOwnRating", owner(200, RATING), |c, _| get(&c.new_rating())),
    ("rateMovie", members(201), |c, _| put(&c.new_movie().rating(), json!({"score": 7}))),
    ("removeRating", owner(204, RATING), |c, _| delete(&c.new_rating())),
    ("rateBatch", members(200), |c, _| post("/ratings/batch", c.batch())),
    ("viewRatingSummary", all(200), |c, _| get(&c.movie.summary())),
    ("watchRatingSummary", all(200), |c, _| endless(&format!("{}/events", c.movie.summary()))),
    ("listMovieRatings", all(200), |c, _| get(&c.movie.ratings())),
    ("registerUser", all(201), |_, _| post("/users", account())),
    ("viewOwnProfile", members(200), |_, _| get("/users/me")),
    ("editProfile", members(200), |_, sender| edit_profile(sender, json!({"bio": "First."}))),
    ("exportAccount", members(200), |_, _| get("/users/me/export")),
    ("listImports", members(200), |_, _| get("/users/me/imports")),
    ("requestImport", members(202), |_, _| post("/users/me/imports", json!([]))),
    ("viewImport", owner(200, IMPORT), |c, _| get(&c.some_import())),
    ("listImportRows", owner(200, IMPORT), |c, _| get(&format!("{}/rows", c.some_import()))),
    ("undoImport", owner(200, IMPORT), |c, _| delete(&c.some_import())),
    ("listSessions", members(200), |_, _| get("/users/me/sessions")),
    ("endSession", owner(204, SESSION), |c, _| delete(&c.new_session())),
    ("viewProfile", all(200), |c, _| get(&c.other.profile())),
    ("viewProfile", private_profile(200), |c, _| get(&c.private_profile())),
    ("listUserRatings", all(200), |c, _| get(&format!("{}/ratings", c.other.profile()))),
    ("listUserRatings", private_profile(200), |c, _| get(&format!("{}/ratings", c.private_profile()))),
    ("listReports", members(200), |_, _| get("/reports")),
    ("requestReport", members(202), |c, _| post("/reports", about(&c.movie))),
    ("requestReport", admins(202), |_, _| post("/reports", json!({"kind": "catalogue"}))),
    ("requestReport", owner_and_admins(202, ROLE), |c, _| post("/reports", about_user(&c.owner))),
    ("viewReport", owner_and_admins(200, REPORT), |c, _| get(&c.new_report())),
    ("changeRole", admins(200), |c, _| put(&format!("{}/role", c.owner.profile()), json!({"role": "member"}))),
    ("changePassword", owner(204, PASSWORD), |c, _| post("/auth/password/change", c.same_password())),
    ("eraseAccount", owner(204, PASSWORD), |c, _| delete("/users/me").with(json!({"password": c.owner.password}))),
];

/// A request in the making, without whoever sends it.
pub struct Request {
    method: &'static str,
    path: String,
    etag: Option<String>,
    pub body: Option<Value>,
    pub is_endless: bool,
}

impl Request {
    fn new(method: &'static str, path: &str) -> Self {
        Self { method, path: path.to_owned(), etag: None, body: None, is_endless: false }
    }

    fn with(self, body: Value) -> Self {
        Self { body: Some(body), ..self }
    }

    /// The request of somebody, with another body than its own if there is one.
    pub fn call(&self, app: &TestApp, sender: Option<&Member>, body: Option<&Value>) -> Call {
        let mut call = app.call(self.method, &self.path);
        if let Some(sender) = sender {
            call = call.token(&sender.token);
        }
        if let Some(etag) = &self.etag {
            call = call.header("if-match", etag);
        }
        match body.or(self.body.as_ref()) {
            Some(body) => call.json(body),
            None => call,
        }
    }
}

fn get(path: &str) -> Request {
    Request::new("GET", path)
}

fn endless(path: &str) -> Request {
    Request { is_endless: true, ..get(path) }
}

fn delete(path: &str) -> Request {
    Request::new("DELETE", path)
}

fn post(path: &str, body: Value) -> Request {
    Request::new("POST", path).with(body)
}

fn put(path: &str, body: Value) -> Request {
    Request::new("PUT", path).with(body)
}

fn edit(movie: &Movie, changes: Value) -> Request {
    let etag = Some(movie.etag.clone());
    Request { etag, ..Request::new("PATCH", &movie.path()) }.with(changes)
}

fn edit_profile(sender: &Member, changes: Value) -> Request {
    let etag = Some(sender.get("/users/me").expect(200).etag());
    Request { etag, ..Request::new("PATCH", "/users/me") }.with(changes)
}

fn account() -> Value {
    let name = unique_name("new");
    json!({"username": name, "email": email_of(&name), "password": password_of(&name)})
}

fn about(movie: &Movie) -> Value {
    json!({"kind": "movie", "subject": movie.id.to_string()})
}

fn about_user(member: &Member) -> Value {
    json!({"kind": "user", "subject": member.username})
}

/// Those who ask, and what belongs to them.
pub struct Cast {
    pub app: TestApp,
    pub owner: Member,
    pub other: Member,
    curator: Member,
    admin: Member,
    movie: Movie,
}

impl Cast {
    pub fn of(app: &TestApp) -> Self {
        let (owner, other) = (app.sign_up("owner"), app.sign_up("another"));
        let (curator, admin) = (app.curator(), app.admin());
        let movie = owner.add_movie_titled("Up");
        Self { app: app.clone(), owner, other, curator, admin, movie }
    }

    /// Those of [`CALLERS`] with an account.
    pub fn callers(&self) -> [Option<&Member>; 5] {
        [None, Some(&self.owner), Some(&self.other), Some(&self.curator), Some(&self.admin)]
    }

    fn new_movie(&self) -> Movie {
        self.owner.add_movie_titled("Up")
    }

    /// The path of a rating that the owner gave.
    fn new_rating(&self) -> String {
        let movie = self.new_movie();
        self.owner.rate(&movie, 7);
        movie.rating()
    }

    fn signed_in_again(&self) -> Member {
        Member::sign_in(&self.app, &self.owner.username, &self.owner.password)
    }

    fn new_session(&self) -> String {
        let sessions = self.signed_in_again().items("/users/me/sessions");
        let current = sessions.iter().find(|session| session["is_current"] == true);
        format!("/users/me/sessions/{}", current.expect("one should be the current one")["id"])
    }

    fn new_report(&self) -> String {
        let report = self.owner.post("/reports", &about(&self.movie)).json(202);
        format!("/reports/{}", report["id"])
    }

    /// The path of an import of the owner's, which nobody works on any more. Whoever takes it back
    /// leaves it there.
    fn some_import(&self) -> String {
        let list = "/users/me/imports";
        if self.owner.items(list).is_empty() {
            self.owner.post(list, &json!([])).expect(202);
        }
        let import = wait_for("a finished import", || {
            let over = |import: &Value| ["failed", "undone"].iter().any(|s| import["status"] == *s);
            self.owner.items(list).into_iter().find(over)
        });
        format!("{list}/{}", import["id"])
    }

    fn batch(&self) -> Value {
        json!({"items": [{"movie": {"id": self.movie.id}, "score": 7}]})
    }

    fn private_profile(&self) -> String {
        self.owner.edit_profile(&json!({"visibility": "private"})).expect(200);
        self.owner.profile()
    }

    fn login(&self) -> Value {
        json!({"login": self.owner.username, "password": self.owner.password})
    }

    fn email(&self) -> Value {
        json!({"email": self.owner.email})
    }

    fn refresh_token(&self) -> Value {
        json!({"refresh_token": self.signed_in_again().refresh_token})
    }

    fn same_password(&self) -> Value {
        let password = &self.owner.password;
        json!({"current_password": password, "new_password": password})
    }

    /// Of somebody who has nothing else to do here.
    fn forgotten_password(&self) -> Value {
        let member = self.app.sign_up("forgetful");
        self.app.post("/auth/password/forgot", &json!({"email": member.email})).expect(202);
        let code = Mailbox::Folder(self.app.clone()).new_code(&member.email, &[]);
        json!({"code": code, "new_password": member.password})
    }
}
