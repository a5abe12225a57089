//! Staying signed in, and signing out.

use std::time::Duration;

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::call::Call;
use crate::support::member::patiently;
use crate::support::patience::within;
use crate::support::scenario::Scenario;
use crate::support::{Answer, Member, TestApp, at_once, secrets};

/// How soon what another process ends or takes away acts.
pub const ELSEWHERE_WITHIN: Duration = Duration::from_secs(1);

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        tokens_are_renewed_again_and_again,
        a_lost_answer_can_be_asked_for_again,
        a_refresh_token_that_comes_twice_ends_its_session,
        of_twenty_that_refresh_at_once_at_most_one_goes_on,
        signing_out_ends_the_session_at_once,
        signing_out_says_the_same_whatever_the_token_is,
        everybody_sees_and_ends_their_own_sessions,
        nobody_sees_or_ends_the_sessions_of_others,
        neither_token_serves_as_the_other,
        refresh_tokens_that_are_none_are_refused,
        an_operator_closes_and_opens_an_account,
        a_browser_keeps_its_refresh_token_in_a_cookie,
        a_cookie_serves_pages_of_the_service_alone,
    ]
}

pub fn refresh(app: &TestApp, token: &str) -> Answer {
    app.post("/auth/refresh", &json!({"refresh_token": token}))
}

pub fn log_out(member: &Member) -> Answer {
    member.app.post("/auth/logout", &json!({"refresh_token": member.refresh_token}))
}

/// The member with the next pair of tokens.
#[track_caller]
pub fn refreshed(member: &Member) -> Member {
    let tokens = refresh(&member.app, &member.refresh_token).json(200);
    let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
    let (token, refresh_token) = (text("access_token"), text("refresh_token"));
    Member { token, refresh_token, ..member.clone() }
}

/// The same account, signed in once more.
fn elsewhere(member: &Member) -> Member {
    Member::sign_in(&member.app, &member.username, &member.password)
}

#[track_caller]
fn assert_signed_in(member: &Member) {
    member.get("/users/me").expect(200);
}

#[track_caller]
fn assert_signed_out(member: &Member) {
    member.get("/users/me").problem(401, "invalid_token");
    refresh(&member.app, &member.refresh_token).problem(401, "invalid_refresh_token");
}

fn sessions(member: &Member) -> Vec<Value> {
    member.get("/users/me/sessions").json(200)["items"].as_array().unwrap().clone()
}

fn tokens_are_renewed_again_and_again(app: &TestApp) {
    let mut member = app.sign_up("staying");
    for _ in 0..3 {
        let next = refreshed(&member);
        assert_ne!(next.token, member.token);
        assert_ne!(next.refresh_token, member.refresh_token);
        assert_signed_in(&next);
        assert_signed_in(&member);
        member = next;
    }
    let answer = refresh(app, &member.refresh_token);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let tokens = answer.json(200);
    assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(600)));
    assert_eq!(sessions(&member).len(), 1);
}

fn a_lost_answer_can_be_asked_for_again(app: &TestApp) {
    let member = app.sign_up("unlucky");
    let lost = refreshed(&member);
    let next = refreshed(&member);
    let last = refreshed(&next);
    assert_signed_in(&last);

    refresh(app, &lost.refresh_token).problem(401, "invalid_refresh_token");
    assert_signed_out(&last);
}

fn a_refresh_token_that_comes_twice_ends_its_session(app: &TestApp) {
    let victim = app.sign_up("victim");
    let other_device = elsewhere(&victim);
    let thief = victim.clone();
    let victim_goes_on = refreshed(&refreshed(&victim));

    refresh(app, &thief.refresh_token).problem(401, "invalid_refresh_token");

    assert_signed_out(&victim_goes_on);
    assert_signed_out(&thief);
    assert_signed_in(&other_device);
    assert_eq!(sessions(&other_device).len(), 1);
}

fn of_twenty_that_refresh_at_once_at_most_one_goes_on(app: &TestApp) {
    let member = app.sign_up("hasty");
    let answers = at_once(20, |_| refresh(app, &member.refresh_token));
    let mut tokens: Vec<String> = Vec::new();
    for answer in answers {
        let tokens_of_one = answer.json(200);
        tokens.push(tokens_of_one["refresh_token"].as_str().unwrap().to_owned());
    }
    tokens.sort();
    tokens.dedup();
    assert_eq!(tokens.len(), 20, "nobody shares a token");

    let live = tokens.iter().filter(|token| refresh(app, token).status == 200).count();

    assert!(live <= 1, "{live} branches go on");
}

fn signing_out_ends_the_session_at_once(app: &TestApp) {
    let here = app.sign_up("leaving");
    let there = elsewhere(&here);
    let before = refreshed(&here);

    log_out(&before).expect(204);

    assert_signed_out(&before);
    assert_signed_out(&here);
    assert_signed_in(&there);
}

fn signing_out_says_the_same_whatever_the_token_is(app: &TestApp) {
    let member = app.sign_up("leaving");
    for _ in 0..2 {
        log_out(&member).expect(204);
    }
    for token in ["x", "null", &"x".repeat(256), &member.token[..200]] {
        app.post("/auth/logout", &json!({"refresh_token": token})).expect(204);
    }
    app.post("/auth/logout", &json!({})).refuses([("refresh_token", "required")]);
    let spent = app.sign_up("leaving");
    let current = refreshed(&spent);
    log_out(&spent).expect(204);
    assert_signed_out(&current);
}

fn everybody_sees_and_ends_their_own_sessions(app: &TestApp) {
    let here = app.sign_up("organised");
    let login = json!({"login": here.username, "password": here.password});
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    let sign_in =
        || app.call("POST", "/auth/login").header("user-agent", firefox).json(&login).send();
    patiently(sign_in).expect(200);
    let there = elsewhere(&here);

    let listed = sessions(&here);
    assert_eq!(listed.len(), 3);
    let devices: Vec<_> = listed.iter().map(|session| &session["device"]).collect();
    assert!(devices.contains(&&json!("Firefox on Linux")), "{devices:?}");
    let current: Vec<_> = listed.iter().filter(|session| session["is_current"] == true).collect();
    assert_eq!(current.len(), 1);
    assert!(current[0]["created_at"].is_string() && current[0]["last_used_at"].is_string());

    let path = |session: &Value| format!("/users/me/sessions/{}", session["id"]);
    let own_of_there = sessions(&there).into_iter().find(|session| session["is_current"] == true);
    let path_of_there = path(&own_of_there.unwrap());
    here.delete(&path_of_there).expect(204);
    assert_signed_out(&there);
    here.delete(&path_of_there).problem(404, "session_not_found");
    assert_eq!(sessions(&here).len(), 2);

    here.delete(&path(current[0])).expect(204);
    assert_signed_out(&here);
}

fn nobody_sees_or_ends_the_sessions_of_others(app: &TestApp) {
    let (ada, bob) = (app.sign_up("ada"), app.sign_up("bob"));
    let id = sessions(&ada)[0]["id"].clone();
    let path = format!("/users/me/sessions/{id}");

    assert!(sessions(&bob).iter().all(|session| session["id"] != id));
    bob.delete(&path).problem(404, "session_not_found");
    app.admin().delete(&path).problem(404, "session_not_found");
    app.get("/users/me/sessions").problem(401, "unauthenticated");
    app.call("DELETE", &path).send().problem(401, "unauthenticated");
    for wrong in ["0", "-1", "x", "9223372036854775808"] {
        let answer = bob.delete(&format!("/users/me/sessions/{wrong}"));
        answer.refuses([("id", "out_of_range")]);
    }
    assert_signed_in(&ada);
}

fn neither_token_serves_as_the_other(app: &TestApp) {
    let member = app.sign_up("confused");
    let swapped = Member { token: member.refresh_token.clone(), ..member.clone() };
    swapped.get("/users/me").problem(401, "invalid_token");
    let answer = refresh(app, &member.token);
    // An access token is longer than any refresh token.
    assert!(matches!(answer.status, 401 | 422), "{}", answer.describe());
    assert_signed_in(&refreshed(&member));
}

fn refresh_tokens_that_are_none_are_refused(app: &TestApp) {
    let genuine = app.sign_up("genuine").refresh_token;
    for token in
        ["x", "' OR 1=1 --", "\0", &genuine[1..], &genuine.to_lowercase(), &format!("{genuine} ")]
    {
        let answer = refresh(app, token);
        assert_eq!(answer.header("www-authenticate"), Some("Bearer realm=\"reelmark\""));
        answer.problem(401, "invalid_refresh_token");
    }
    app.post("/auth/refresh", &json!({})).refuses([("refresh_token", "required")]);
    refresh(app, "").refuses([("refresh_token", "blank")]);
    refresh(app, &"x".repeat(257)).refuses([("refresh_token", "too_many_bytes")]);
    refresh(app, &genuine).expect(200);
}

fn an_operator_closes_and_opens_an_account(app: &TestApp) {
    let member = app.sign_up("closed");
    let login = json!({"login": member.username, "password": member.password});
    let wrong =
        json!({"login": member.username, "password": format!("{} x", secrets::PASSWORD_CANARY)});
    let refused = |login: &Value| {
        let mut problem =
            patiently(|| app.post("/auth/login", login)).problem(401, "invalid_credentials");
        problem["request_id"] = Value::Null;
        problem
    };

    let closed = app.launch().run(&["user", "disable", &member.username]);
    assert!(closed.succeeded, "{}", closed.stderr);
    within(ELSEWHERE_WITHIN, 401, || member.get("/users/me").status);
    assert_signed_out(&member);
    assert_eq!(refused(&login), refused(&wrong));

    let opened = app.launch().run(&["user", "enable", &member.username]);
    assert!(opened.succeeded, "{}", opened.stderr);
    assert_signed_out(&member);
    assert_signed_in(&elsewhere(&member));
    let unknown = app.launch().run(&["user", "disable", "nobody-of-this-name"]);
    assert!(!unknown.succeeded && unknown.stderr.contains("no such user"), "{}", unknown.stderr);
}

const OWN_PAGE: (&str, &str) = ("sec-fetch-site", "same-origin");

/// The value of the cookie that an answer sets, which is as secret as the token that it holds.
fn cookie_of(answer: &Answer) -> String {
    let cookie = answer.header("set-cookie").expect("there should be a cookie");
    let (value, attributes) = cookie.split_once("; ").expect("it should have attributes");
    for attribute in ["Path=/", "Secure", "HttpOnly", "SameSite=Strict"] {
        assert!(attributes.split("; ").any(|found| found == attribute), "{attributes}");
    }
    let token = value.strip_prefix("__Host-reelmark=").expect("it should have this name");
    if !token.is_empty() {
        secrets::remember(token);
    }
    value.to_owned()
}

fn by_cookie(app: &TestApp, path: &str, cookie: &str) -> Call {
    let call = app.call("POST", &format!("{path}?session=cookie")).header(OWN_PAGE.0, OWN_PAGE.1);
    call.header("cookie", cookie)
}

fn signed_in_by_cookie(member: &Member) -> String {
    let login = json!({"login": member.username, "password": member.password});
    let answer = patiently(|| by_cookie(&member.app, "/auth/login", "a=b").json(&login).send());
    let cookie = cookie_of(&answer);
    assert_eq!(answer.json(200)["refresh_token"], Value::Null);
    cookie
}

fn a_browser_keeps_its_refresh_token_in_a_cookie(app: &TestApp) {
    let member = app.sign_up("browser");
    let first = signed_in_by_cookie(&member);
    let answer = by_cookie(app, "/auth/refresh", &first).send();
    let second = cookie_of(&answer);
    let token = first.split_once('=').expect("it should be a pair").1;
    assert!(!answer.text().contains(token));
    let tokens = answer.json(200);
    assert_eq!(tokens["refresh_token"], Value::Null);
    let access = tokens["access_token"].as_str().expect("a token should be there");
    app.call("GET", "/users/me").token(access).send().expect(200);
    assert_ne!(first, second);

    let gone = by_cookie(app, "/auth/logout", &second).send().expect(204);
    assert_eq!(cookie_of(&gone), "__Host-reelmark=");
    app.call("GET", "/users/me").token(access).send().problem(401, "invalid_token");
    by_cookie(app, "/auth/refresh", &second).send().problem(401, "invalid_refresh_token");
    assert_signed_in(&member);
}

fn a_cookie_serves_pages_of_the_service_alone(app: &TestApp) {
    let member = app.sign_up("visited");
    let cookie = signed_in_by_cookie(&member);
    let ask = |path: &str, name: &str, value: &str| {
        let call = app.call("POST", &format!("{path}?session=cookie")).header("cookie", &cookie);
        call.header(name, value).send()
    };
    for path in ["/auth/login", "/auth/refresh", "/auth/logout"] {
        ask(path, "sec-fetch-site", "cross-site").problem(403, "cross_origin");
        ask(path, "sec-fetch-site", "same-site").problem(403, "cross_origin");
        ask(path, "origin", "https://evil.example").problem(403, "cross_origin");
        ask(path, "x-nothing", "said").problem(403, "cross_origin");
    }
    let own = app.url("");
    let next = cookie_of(&ask("/auth/refresh", "origin", &own).expect(200));
    app.call("POST", "/auth/refresh")
        .header("cookie", &next)
        .send()
        .problem(415, "unsupported_media_type");
    let with_body = by_cookie(app, "/auth/refresh", &next).json(&json!({})).send();
    with_body.refuses([("body", "unexpected")]);
    app.call("POST", "/auth/refresh?session=jar").send().refuses([("session", "malformed")]);
    by_cookie(app, "/auth/refresh", &next).send().expect(200);
}
