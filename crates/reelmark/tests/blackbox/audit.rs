//! The audit trail, as admins see it.

use serde_json::{Value, json};

use crate::sessions::{log_out, refresh, refreshed};
use crate::support::catalogue::texts;
use crate::support::mailbox::Mailbox;
use crate::support::member::patiently;
use crate::support::scenario::Scenario;
use crate::support::{Member, Stack, TestApp, secrets, unique_name};
use crate::{alone, beside_others};

const EVENTS: &str = "/admin/audit-events";

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        an_admin_pages_through_what_happened_to_an_account,
        events_are_found_by_kind_and_time,
        what_an_operator_does_is_recorded_without_an_address,
        a_sign_in_with_an_unknown_name_is_recorded_without_it,
        nobody_but_admins_sees_events,
        filters_that_fit_nothing_are_refused,
    ];
    scenarios.extend(alone![the_life_of_an_account_is_recorded]);
    scenarios
}

fn fail_to_sign_in(app: &TestApp, login: &str) {
    let attempt = json!({"login": login, "password": secrets::password_of("nobody")});
    patiently(|| app.post("/auth/login", &attempt)).problem(401, "invalid_credentials");
}

fn id_of(member: &Member) -> i64 {
    member.get("/users/me").json(200)["id"].as_i64().expect("a profile has an id")
}

/// Signs somebody up, who then fails to sign in once and becomes a curator.
fn somebody_with_a_past(app: &TestApp) -> (Member, String) {
    let member = app.sign_up("past");
    fail_to_sign_in(app, &member.username);
    fail_to_sign_in(app, &member.email);
    let path = format!("{}/role", member.profile());
    app.admin().put(&path, &json!({"role": "curator"})).expect(200);
    let events = format!("{EVENTS}?subject={}", id_of(&member));
    (member, events)
}

fn pages(admin: &Member, path: &str) -> Vec<Value> {
    let (mut items, mut next) = (Vec::new(), path.to_owned());
    loop {
        let page = admin.get(&next).json(200);
        items.extend(page["items"].as_array().expect("a page has items").clone());
        match page["next_cursor"].as_str() {
            Some(cursor) => next = format!("{path}&cursor={cursor}"),
            None => return items,
        }
    }
}

fn an_admin_pages_through_what_happened_to_an_account(app: &TestApp) {
    let (member, path) = somebody_with_a_past(app);
    let admin = app.admin();
    let whole = pages(&admin, &path);
    let expected = ["role_changed", "sign_in_failed", "sign_in_failed", "signed_in", "signed_up"];
    assert_eq!(texts(&whole, "/kind"), expected);
    for limit in [1, 2, 5] {
        assert_eq!(pages(&admin, &format!("{path}&limit={limit}")), whole, "{limit}");
    }

    let (own, admins) = (id_of(&member), id_of(&admin));
    let actors: Vec<_> = whole.iter().map(|event| event["actor_id"].as_i64()).collect();
    assert_eq!(actors, [Some(admins), None, None, Some(own), Some(own)]);
    for event in &whole {
        assert_eq!(event["subject_username"], member.username);
        assert_eq!(event["address"], "127.0.0.1");
    }
    assert_eq!(whole[0]["detail"], json!({"role": "curator"}));
    let told = Value::from(whole).to_string();
    assert_eq!(secrets::found_in(&told), [""; 0], "{told}");
}

fn events_are_found_by_kind_and_time(app: &TestApp) {
    let (_, path) = somebody_with_a_past(app);
    let admin = app.admin();
    let whole = pages(&admin, &path);
    let failed = pages(&admin, &format!("{path}&kind=sign_in_failed"));
    assert_eq!(failed, whole[1..3]);
    let (earliest, latest) = (&whole[4]["at"], &whole[0]["at"]);
    let (earliest, latest) = (earliest.as_str().unwrap(), latest.as_str().unwrap());
    assert_eq!(pages(&admin, &format!("{path}&from={earliest}&to={latest}")), whole[1..]);
    assert_eq!(pages(&admin, &format!("{path}&from={latest}")), whole[..1]);
    assert!(pages(&admin, &format!("{path}&to={earliest}")).is_empty());
}

fn what_an_operator_does_is_recorded_without_an_address(app: &TestApp) {
    let member = app.sign_up("promoted");
    let done = app.launch().run(&["user", "set-role", &member.username, "curator"]);
    assert!(done.succeeded, "{}", done.stderr);
    let path = format!("{EVENTS}?subject={}&kind=role_changed", id_of(&member));
    let events = pages(&app.admin(), &path);
    assert_eq!(events.len(), 1);
    assert_eq!(events[0]["detail"], json!({"by": "operator", "role": "curator"}));
    assert_eq!((&events[0]["actor_id"], &events[0]["address"]), (&Value::Null, &Value::Null));
}

fn a_sign_in_with_an_unknown_name_is_recorded_without_it(app: &TestApp) {
    let login = unique_name("unknown");
    fail_to_sign_in(app, &login);
    let path = format!("{EVENTS}?kind=sign_in_failed&limit=100");
    let page = app.admin().get(&path).json(200);
    let events = page["items"].as_array().expect("a page has items");
    assert!(events.iter().any(|event| event["subject_id"].is_null()), "{page}");
    assert!(!page.to_string().contains(&login), "{page}");
}

fn nobody_but_admins_sees_events(app: &TestApp) {
    app.get(EVENTS).problem(401, "unauthenticated");
    for member in [app.somebody(), app.curator()] {
        member.get(EVENTS).problem(403, "forbidden");
    }
}

fn filters_that_fit_nothing_are_refused(app: &TestApp) {
    let query = "kind=sneezed&subject=0&from=now&to=later&limit=0&cursor=x";
    app.admin().get(&format!("{EVENTS}?{query}")).refuses([
        ("kind", "malformed"),
        ("subject", "out_of_range"),
        ("from", "malformed"),
        ("to", "malformed"),
        ("limit", "out_of_range"),
        ("cursor", "invalid_cursor"),
    ]);
}

const NEW_PASSWORD: &str = "Kanarienvogel flies 7 miles";
const NEWER_PASSWORD: &str = "Kanarienvogel walks 9 miles";

/// Latest first.
const WHOLE_LIFE: [&str; 17] = [
    "role_changed",
    "account_enabled",
    "account_disabled",
    "password_reset",
    "password_changed",
    "session_ended",
    "signed_in",
    "signed_in",
    "signed_out",
    "signed_in",
    "token_reuse_detected",
    "signed_in",
    "activated",
    "sign_in_failed",
    "sign_in_failed",
    "sign_in_failed",
    "signed_up",
];

fn the_life_of_an_account_is_recorded(stack: Stack) {
    let app = stack.launch().with("ACTIVATION", "on").start();
    let admin = app.admin();
    let username = live_through_everything(&app);
    let member = Member::sign_in(&app, &username, NEWER_PASSWORD);
    let path = format!("{EVENTS}?subject={}", id_of(&member));

    let whole = pages(&admin, &path);
    assert_eq!(texts(&whole[1..], "/kind"), WHOLE_LIFE);
    for event in &whole {
        let by_operator = event["detail"]["by"] == "operator";
        let address = if by_operator { Value::Null } else { json!("127.0.0.1") };
        assert_eq!(event["address"], address, "{event}");
    }

    let farewell = json!({"password": NEWER_PASSWORD});
    patiently(|| member.call("DELETE", "/users/me").json(&farewell).send()).expect(204);
    let whole = pages(&admin, &path);
    assert_eq!(whole[0]["kind"], "account_deleted");
    assert_eq!(whole[0]["actor_id"], whole[0]["subject_id"]);
    for event in &whole {
        let named = (&event["subject_username"], &event["address"]);
        assert_eq!(named, (&Value::Null, &Value::Null), "{event}");
    }
    app.stop();
}

/// Somebody who does, and suffers, everything there is but for leaving.
fn live_through_everything(app: &TestApp) -> String {
    let username = unique_name("lively");
    let (email, password) = (secrets::email_of(&username), secrets::password_of(&username));
    let account = json!({"username": username, "email": email, "password": password});
    patiently(|| app.post("/users", &account)).expect(201);
    let login = json!({"login": username, "password": password});
    for _ in 0..3 {
        patiently(|| app.post("/auth/login", &login)).problem(403, "activation_required");
    }
    let mailbox = Mailbox::Folder(app.clone());
    let activation = mailbox.new_code(&email, &[]);
    app.post("/auth/activate", &json!({"code": activation})).expect(204);

    let robbed = Member::sign_in(app, &username, &password);
    refreshed(&refreshed(&robbed));
    refresh(app, &robbed.refresh_token).problem(401, "invalid_refresh_token");
    log_out(&Member::sign_in(app, &username, &password)).expect(204);
    end_other_session(app, &username, &password);

    app.post("/auth/password/forgot", &json!({"email": email})).expect(202);
    let code = mailbox.new_code(&email, &[&activation]);
    let body = json!({"code": code, "new_password": NEWER_PASSWORD});
    patiently(|| app.post("/auth/password/reset", &body)).expect(204);
    for command in [
        &["user", "disable", &username][..],
        &["user", "enable", &username],
        &["user", "set-role", &username, "curator"],
    ] {
        let done = app.launch().run(command);
        assert!(done.succeeded, "{}", done.stderr);
    }
    username
}

/// Signs in twice; the second session ends the first one and gets a new password.
fn end_other_session(app: &TestApp, username: &str, password: &str) {
    Member::sign_in(app, username, password);
    let member = Member::sign_in(app, username, password);
    let sessions = member.get("/users/me/sessions").json(200);
    let sessions = sessions["items"].as_array().expect("a list has items");
    let other = sessions.iter().find(|session| session["is_current"] == false);
    let id = &other.expect("there should be another session")["id"];
    member.delete(&format!("/users/me/sessions/{id}")).expect(204);
    let change = json!({"current_password": password, "new_password": NEW_PASSWORD});
    patiently(|| member.post("/auth/password/change", &change)).expect(204);
}
