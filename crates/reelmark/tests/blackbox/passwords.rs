//! Passwords that are forgotten, reset and changed, and accounts that are activated, by mail.

use reelmark_testkit::servers::SmtpPeer;
use serde_json::json;

use crate::support::mailbox::Mailbox;
use crate::support::member::patiently;
use crate::support::scenario::Scenario;
use crate::support::secrets::{email_of, password_of};
use crate::support::{Answer, Member, Stack, TestApp, unique_name, wait_for};
use crate::{alone, beside_others, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        a_forgotten_password_is_reset_once_and_signs_out_everywhere,
        a_later_code_takes_the_place_of_the_first,
        a_refused_password_leaves_the_code_good,
        nobody_learns_which_accounts_there_are_by_forgetting,
        a_changed_password_signs_out_everywhere_else,
        a_wrong_current_password_changes_nothing,
        wrong_fields_are_refused,
    ];
    scenarios.extend(alone![an_account_is_activated_by_mail]);
    scenarios.extend(only_on![Full: mail_waits_for_its_server]);
    scenarios
}

const NEW_PASSWORD: &str = "Kanarienvogel flies 7 miles";

fn mailbox(app: &TestApp) -> Mailbox {
    Mailbox::Folder(app.clone())
}

fn forget(app: &TestApp, email: &str) -> Answer {
    app.post("/auth/password/forgot", &json!({"email": email}))
}

fn reset(app: &TestApp, code: &str, password: &str) -> Answer {
    let body = json!({"code": code, "new_password": password});
    patiently(|| app.post("/auth/password/reset", &body))
}

fn change(member: &Member, current: &str, new: &str) -> Answer {
    let body = json!({"current_password": current, "new_password": new});
    patiently(|| member.post("/auth/password/change", &body))
}

fn log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    patiently(|| app.post("/auth/login", &json!({"login": login, "password": password})))
}

fn a_forgotten_password_is_reset_once_and_signs_out_everywhere(app: &TestApp) {
    let member = app.sign_up("forgetful");
    let again = Member::sign_in(app, &member.username, &member.password);
    let answer = forget(app, &format!(" {} ", member.email.to_uppercase()));
    assert_eq!(answer.expect(202).text(), "");
    let code = mailbox(app).new_code(&member.email, &[]);

    reset(app, &code, NEW_PASSWORD).expect(204);

    member.get("/users/me").problem(401, "invalid_token");
    again.get("/users/me").problem(401, "invalid_token");
    log_in(app, &member.username, &member.password).problem(401, "invalid_credentials");
    Member::sign_in(app, &member.username, NEW_PASSWORD).get("/users/me").expect(200);
    reset(app, &code, "Kanarienvogel walks 9 miles").problem(422, "invalid_code");
}

fn a_later_code_takes_the_place_of_the_first(app: &TestApp) {
    let member = app.sign_up("forgetful");
    forget(app, &member.email).expect(202);
    let first = mailbox(app).new_code(&member.email, &[]);
    forget(app, &member.email).expect(202);
    let second = mailbox(app).new_code(&member.email, &[&first]);
    reset(app, &first, NEW_PASSWORD).problem(422, "invalid_code");
    reset(app, &second, NEW_PASSWORD).expect(204);
}

fn a_refused_password_leaves_the_code_good(app: &TestApp) {
    let member = app.sign_up("forgetful");
    forget(app, &member.email).expect(202);
    let code = mailbox(app).new_code(&member.email, &[]);
    let names_owner = format!("{NEW_PASSWORD} {}", member.username);
    for (password, rule) in [
        ("Kanarien", "too_short"),
        ("qwertyuiop123", "common_password"),
        (&names_owner, "contains_own_name"),
    ] {
        reset(app, &code, password).refuses([("new_password", rule)]);
    }
    // A code for a password activates nothing.
    app.post("/auth/activate", &json!({"code": code})).problem(422, "invalid_code");
    reset(app, &code, NEW_PASSWORD).expect(204);
}

fn nobody_learns_which_accounts_there_are_by_forgetting(app: &TestApp) {
    let known = app.sign_up("known").email;
    let unknown = email_of(&unique_name("nobody"));
    for path in ["/auth/password/forgot", "/auth/activation/resend"] {
        let answers = [&known, &unknown].map(|email| {
            let mut answer = app.post(path, &json!({"email": email})).expect(202);
            answer.headers.remove("x-request-id");
            answer.headers.remove("date");
            (answer.headers.clone(), answer.text())
        });
        assert_eq!(answers[0], answers[1]);
    }
    mailbox(app).new_code(&known, &[]);
    assert_eq!(mailbox(app).mails_to(&known).len(), 1, "an active account needs no activation");
    assert!(mailbox(app).mails_to(&unknown).is_empty());
}

fn a_changed_password_signs_out_everywhere_else(app: &TestApp) {
    let member = app.sign_up("ada");
    let other = Member::sign_in(app, &member.username, &member.password);
    change(&member, &member.password, NEW_PASSWORD).expect(204);
    member.get("/users/me").expect(200);
    other.get("/users/me").problem(401, "invalid_token");
    log_in(app, &member.username, &member.password).problem(401, "invalid_credentials");
    log_in(app, &member.username, NEW_PASSWORD).expect(200);
}

fn a_wrong_current_password_changes_nothing(app: &TestApp) {
    let member = app.sign_up("ada");
    let other = Member::sign_in(app, &member.username, &member.password);
    change(&member, NEW_PASSWORD, NEW_PASSWORD).problem(403, "wrong_password");
    change(&member, "\0", NEW_PASSWORD).problem(403, "wrong_password");
    let names_owner = format!("{NEW_PASSWORD} {}", member.username);
    let refused = change(&member, &member.password, &names_owner);
    refused.refuses([("new_password", "contains_own_name")]);
    other.get("/users/me").expect(200);
    log_in(app, &member.username, &member.password).expect(200);
    let body = json!({"current_password": member.password, "new_password": NEW_PASSWORD});
    app.post("/auth/password/change", &body).problem(401, "unauthenticated");
}

fn wrong_fields_are_refused(app: &TestApp) {
    let nothing = &json!({});
    app.post("/auth/activate", nothing).refuses([("code", "required")]);
    app.post("/auth/activate", &json!({"code": "guessed"})).problem(422, "invalid_code");
    app.post("/auth/activation/resend", nothing).refuses([("email", "required")]);
    app.post("/auth/password/forgot", &json!({"email": "ada"})).refuses([("email", "malformed")]);
    let reset = app.post("/auth/password/reset", nothing);
    reset.refuses([("code", "required"), ("new_password", "required")]);
    let too_long = json!({"code": "x".repeat(257), "new_password": NEW_PASSWORD});
    app.post("/auth/password/reset", &too_long).refuses([("code", "too_many_bytes")]);
}

/// With a mail server, which makes activation the rule, on the full stack; into the folder on the
/// embedded one.
fn an_account_is_activated_by_mail(stack: Stack) {
    let (app, mailbox) = match stack {
        Stack::Embedded => {
            let app = stack.launch().with("ACTIVATION", "on").start();
            (app.clone(), Mailbox::Folder(app))
        }
        Stack::Full => {
            let peer = SmtpPeer::start();
            (stack.launch().with("SMTP_URL", &peer.url()).start(), Mailbox::Server(peer))
        }
    };
    let username = unique_name("pending");
    let (email, password) = (email_of(&username), password_of(&username));
    let account = json!({"username": username, "email": email, "password": password});
    patiently(|| app.post("/users", &account)).expect(201);
    let first = mailbox.new_code(&email, &[]);
    log_in(&app, &username, &password).problem(403, "activation_required");
    log_in(&app, &username, NEW_PASSWORD).problem(401, "invalid_credentials");

    app.post("/auth/activation/resend", &json!({"email": email})).expect(202);
    let second = mailbox.new_code(&email, &[&first]);
    let activate = |code: &str| app.post("/auth/activate", &json!({"code": code}));
    activate(&first).problem(422, "invalid_code");
    activate(&second).expect(204);
    activate(&second).problem(422, "invalid_code");
    Member::sign_in(&app, &username, &password).get("/users/me").expect(200);
    app.stop();
}

/// What the mail server can't take now is sent later, and nothing of it is logged.
fn mail_waits_for_its_server() {
    let peer = SmtpPeer::start();
    peer.answer_recipients(Some("451 not now"));
    let launch = Stack::Full.launch().with("SMTP_URL", &peer.url()).with("ACTIVATION", "off");
    let app = launch.start();
    let member = app.sign_up("forgetful");
    forget(&app, &member.email).expect(202);
    wait_for("a failed try", || app.logs().contains("could not send a mail yet").then_some(()));
    assert!(peer.mails().is_empty());

    peer.answer_recipients(None);
    let code = Mailbox::Server(peer).new_code(&member.email, &[]);
    reset(&app, &code, NEW_PASSWORD).expect(204);
    let log = app.logs();
    assert!(!log.contains(&code) && !log.contains(&member.email), "{log}");
    app.stop();
}
