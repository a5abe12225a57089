//! Requests with an `Idempotency-Key`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::support::catalogue::items_of;
use crate::support::member::patiently;
use crate::support::scenario::Scenario;
use crate::support::{Answer, Member, Stack, TestApp, at_once, secrets, unique, unique_name};
use crate::{alone, beside_others};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        many_posts_with_one_key_add_one_movie,
        a_repeated_post_gets_the_first_answer,
        a_failure_that_is_final_is_repeated_too,
        a_key_belongs_to_one_request,
        another_user_with_the_same_key_is_independent,
        a_key_that_is_no_key_is_refused,
        a_stored_answer_is_shown_to_nobody_else,
        signing_up_twice_with_one_key_makes_one_account,
        signing_in_ignores_the_key,
    ];
    scenarios.extend(alone![a_repeated_post_gets_the_first_answer_after_a_restart]);
    scenarios
}

fn add(member: &Member, key: &str, title: &str) -> Answer {
    let call = member.call("POST", "/movies").header("idempotency-key", key);
    call.json(&json!({"title": title})).send()
}

fn movies_titled(app: &TestApp, title: &str) -> usize {
    items_of(&app.get(&format!("/movies?query={title}")).json(200))
        .iter()
        .filter(|movie| movie["title"] == title)
        .count()
}

fn is_replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == Some("true")
}

fn many_posts_with_one_key_add_one_movie(app: &TestApp) {
    let (member, title) = (app.somebody(), unique("Once"));
    let answers = at_once(20, |_| add(&member, &title, &title));
    let (done, waiting): (Vec<Answer>, Vec<Answer>) =
        answers.into_iter().partition(|answer| answer.status != 409);
    for answer in waiting {
        assert_eq!(answer.header("retry-after"), Some("1"));
        answer.problem(409, "idempotency_in_flight");
    }
    let fresh = done.iter().filter(|answer| !is_replayed(answer)).count();
    assert_eq!(fresh, 1, "one should have been done");
    let bodies: BTreeSet<String> =
        done.into_iter().map(|answer| answer.expect(201).text()).collect();
    assert_eq!((bodies.len(), movies_titled(app, &title)), (1, 1));
}

fn a_repeated_post_gets_the_first_answer(app: &TestApp) {
    let (member, title) = (app.somebody(), unique("Twice"));
    let first = add(&member, &format!("\"{title}\""), &title).expect(201);
    // Quotes are how the header is written, and not part of the key.
    let second = add(&member, &title, &title).expect(201);
    assert!(!is_replayed(&first) && is_replayed(&second));
    for header in ["location", "etag", "content-type"] {
        assert_eq!(first.header(header), second.header(header), "{header}");
    }
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    assert_eq!(first.body, second.body);
    assert_eq!(movies_titled(app, &title), 1);
}

fn a_failure_that_is_final_is_repeated_too(app: &TestApp) {
    let (member, key) = (app.somebody(), unique("Bad"));
    let send = || add(&member, &key, "");
    let first = send();
    assert!(!is_replayed(&first));
    first.refuses([("title", "blank")]);
    let second = send();
    assert!(is_replayed(&second));
    second.refuses([("title", "blank")]);
}

fn a_key_belongs_to_one_request(app: &TestApp) {
    let (member, title) = (app.somebody(), unique("Reused"));
    add(&member, &title, &title).expect(201);
    add(&member, &title, "Another").problem(422, "idempotency_key_reused");
}

fn another_user_with_the_same_key_is_independent(app: &TestApp) {
    let (members, title) = (app.crowd(2), unique("Shared"));
    let ids = members.iter().map(|member| {
        let answer = add(member, &title, &title);
        assert!(!is_replayed(&answer));
        answer.json(201)["id"].as_i64()
    });
    let ids: BTreeSet<_> = ids.collect();
    assert_eq!((ids.len(), movies_titled(app, &title)), (2, 2));
}

fn a_key_that_is_no_key_is_refused(app: &TestApp) {
    let member = app.somebody();
    for key in ["", "\"\"", "\"open", "é", &"k".repeat(256)] {
        let problem = add(&member, key, "Never").problem(400, "malformed_request");
        assert_eq!(problem["errors"][0]["field"], "Idempotency-Key", "{key}");
    }
}

fn a_stored_answer_is_shown_to_nobody_else(app: &TestApp) {
    let (member, title) = (app.somebody(), unique("Mine"));
    add(&member, &title, &title).expect(201);
    let ask = || {
        let call = app.call("POST", "/movies").header("idempotency-key", &title);
        call.json(&json!({"title": title}))
    };
    for _ in 0..2 {
        let answer = ask().send();
        assert!(!is_replayed(&answer));
        answer.problem(401, "unauthenticated");
    }
    ask().token("forged").send().problem(401, "invalid_token");
    // It was not the refusal that was stored.
    assert!(is_replayed(&add(&member, &title, &title).expect(201)));
}

fn sign_up_with_key(app: &TestApp, account: &Value, key: &str) -> Answer {
    patiently(|| app.call("POST", "/users").header("idempotency-key", key).json(account).send())
}

fn signing_up_twice_with_one_key_makes_one_account(app: &TestApp) {
    let username = unique_name("once");
    let password = secrets::password_of(&username);
    let email = secrets::email_of(&username);
    let account = json!({"username": username, "email": email, "password": password});
    let first = sign_up_with_key(app, &account, &username).expect(201);
    let second = sign_up_with_key(app, &account, &username).expect(201);
    assert!(!is_replayed(&first) && is_replayed(&second));
    assert_eq!(first.body, second.body);
    Member::sign_in(app, &username, &password);
}

fn signing_in_ignores_the_key(app: &TestApp) {
    let member = app.somebody();
    let login = json!({"login": member.username, "password": member.password});
    let sign_in = || {
        let answer = patiently(|| {
            app.call("POST", "/auth/login").header("idempotency-key", "one").json(&login).send()
        });
        assert!(!is_replayed(&answer));
        answer.json(200)["access_token"].clone()
    };
    assert_ne!(sign_in(), sign_in());
}

fn a_repeated_post_gets_the_first_answer_after_a_restart(stack: Stack) {
    let app = stack.launch().start();
    let (member, title) = (app.sign_up("ada"), unique("Kept"));
    let first = add(&member, &title, &title).expect(201);
    app.stop();

    let app = app.launch().start();

    let second = add(&member.at(&app), &title, &title).expect(201);
    assert!(is_replayed(&second));
    assert_eq!(first.body, second.body);
    assert_eq!(movies_titled(&app, &title), 1);
}
