//! Signing up and signing in.

use serde_json::{Value, json};

use crate::beside_others;
use crate::support::member::patiently;
use crate::support::scenario::Scenario;
use crate::support::secrets::{PASSWORD_CANARY, email_of, password_of};
use crate::support::{Answer, Member, TestApp, at_once, unique_name};

pub fn scenarios() -> Vec<Scenario> {
    beside_others![
        a_new_account_is_answered_with_where_it_is,
        a_username_is_taken_in_every_case,
        an_email_is_taken_in_every_case,
        of_fifty_sign_ups_with_one_email_exactly_one_succeeds,
        every_wrong_field_of_a_sign_up_is_reported_at_once,
        usernames_that_break_the_rules_are_refused,
        emails_that_break_the_rules_are_refused,
        passwords_that_break_the_rules_are_refused,
        a_password_of_71_bytes_is_taken_whole,
        signing_in_takes_the_username_or_the_email,
        a_token_is_good_for_ten_minutes_and_nobody_may_store_it,
        nobody_learns_which_accounts_there_are_by_signing_in,
        signing_in_with_nothing_is_refused_by_field,
        only_the_admin_gives_roles,
        a_new_role_acts_at_once,
    ]
}

fn account(username: &str) -> Value {
    json!({
        "username": username,
        "email": email_of(username),
        "password": password_of(username),
    })
}

fn account_but(member: &str, value: Value) -> Value {
    let mut account = account(&unique_name("refused"));
    account[member] = value;
    account
}

fn register(app: &TestApp, account: &Value) -> Answer {
    patiently(|| app.post("/users", account))
}

fn log_in(app: &TestApp, login: &str, password: &str) -> Answer {
    let credentials = json!({"login": login, "password": password});
    patiently(|| app.post("/auth/login", &credentials))
}

/// Nothing of a refused sign-up may be kept: neither can one sign in, nor is the name taken.
fn assert_not_stored(app: &TestApp, refused: &Value) {
    let (username, password) = (&refused["username"], &refused["password"]);
    if let (Some(username), Some(password)) = (username.as_str(), password.as_str()) {
        log_in(app, username, password).problem(401, "invalid_credentials");
    }
}

fn a_new_account_is_answered_with_where_it_is(app: &TestApp) {
    let username = unique_name("Ada");
    let answer = register(app, &account(&username)).expect(201);

    let location = answer.header("location").expect("it should be somewhere").to_owned();
    assert_eq!(location, format!("/api/v1/users/{username}"));
    answer.etag();
    let body = answer.json(201);
    assert_eq!(body["username"], username.as_str());
    assert_eq!(body["email"], email_of(&username).to_lowercase());
    assert_eq!((&body["role"], &body["visibility"]), (&json!("member"), &json!("public")));
    assert!(!body.to_string().contains(PASSWORD_CANARY));
    assert!(!body.to_string().contains("$2"), "a hash is a secret too");
    let profile = app.at_root(&location).json(200);
    assert_eq!(profile["username"], username.as_str());
    assert!(!profile.to_string().contains('@'), "an address is nobody else's business");
}

fn a_username_is_taken_in_every_case(app: &TestApp) {
    let taken = app.somebody().username;
    for username in [taken.clone(), taken.to_uppercase()] {
        let mut again = account(&unique_name("late"));
        again["username"] = username.into();
        register(app, &again).problem(409, "username_taken");
        log_in(app, again["email"].as_str().unwrap(), again["password"].as_str().unwrap())
            .problem(401, "invalid_credentials");
    }
}

fn an_email_is_taken_in_every_case(app: &TestApp) {
    let taken = app.somebody().email;
    for email in [taken.clone(), taken.to_uppercase(), format!(" {taken} ")] {
        let again = account_but("email", email.into());
        register(app, &again).problem(409, "email_taken");
        assert_not_stored(app, &again);
    }
}

/// On a busy machine some wait too long for their hash and are told so, whether or not their
/// account was made. What counts is how many there are.
fn of_fifty_sign_ups_with_one_email_exactly_one_succeeds(app: &TestApp) {
    let email = email_of(&unique_name("everybody"));
    let names: Vec<String> = (0..50).map(|_| unique_name("twin")).collect();

    let answers = at_once(50, |number| {
        let mut account = account(&names[number]);
        account["email"] = email.clone().into();
        register(app, &account)
    });

    let profiles = names.iter().map(|name| app.get(&format!("/users/{name}")).status);
    assert_eq!(profiles.filter(|status| *status == 200).count(), 1);
    let mut made = 0;
    for answer in answers {
        match answer.status {
            201 => made += 1,
            408 => drop(answer.problem(408, "request_timeout")),
            _ => drop(answer.problem(409, "email_taken")),
        }
    }
    assert!(made <= 1, "{made} were told that it is theirs");
}

fn every_wrong_field_of_a_sign_up_is_reported_at_once(app: &TestApp) {
    let wrong = json!({"username": "a", "email": "b", "password": "c"});
    app.post("/users", &wrong).refuses([
        ("username", "too_short"),
        ("email", "malformed"),
        ("password", "too_short"),
    ]);
    app.post("/users", &json!({})).refuses([
        ("username", "required"),
        ("email", "required"),
        ("password", "required"),
    ]);
}

fn usernames_that_break_the_rules_are_refused(app: &TestApp) {
    let wrong = [
        ("ab", "too_short"),
        (&"a".repeat(33), "too_long"),
        ("two words", "malformed"),
        ("dotted.name", "malformed"),
        ("müller", "malformed"),
        ("nul\0nul", "malformed"),
    ];
    for (username, code) in wrong {
        let refused = account_but("username", username.into());
        app.post("/users", &refused).refuses([("username", code)]);
        assert_not_stored(app, &refused);
    }
}

fn emails_that_break_the_rules_are_refused(app: &TestApp) {
    let long = format!("{}@{}.example", "a".repeat(60), "b".repeat(60).repeat(4));
    for (email, code) in [
        ("", "malformed"),
        ("no-at-sign.example", "malformed"),
        ("two@at@signs.example", "malformed"),
        ("name@nodot", "malformed"),
        ("Name <name@example.org>", "malformed"),
        ("nul\0@example.org", "malformed"),
        (&long, "too_long"),
    ] {
        let refused = account_but("email", email.into());
        app.post("/users", &refused).refuses([("email", code)]);
        assert_not_stored(app, &refused);
    }
}

fn passwords_that_break_the_rules_are_refused(app: &TestApp) {
    let of_72_letters = format!("{PASSWORD_CANARY:x<72}");
    // Fewer characters than bytes: 13 letters, 29 times two bytes, and one more letter.
    let of_72_bytes = format!("{PASSWORD_CANARY}{}x", "é".repeat(29));
    for (password, code) in [
        (&PASSWORD_CANARY[..11], "too_short"),
        (&of_72_letters, "too_many_bytes"),
        (&of_72_bytes, "too_many_bytes"),
        (&format!("{PASSWORD_CANARY}\0{PASSWORD_CANARY}"), "control_character"),
        ("qwertyuiop123", "common_password"),
        ("abcdefghijklmnop", "too_guessable"),
        ("nine lives of a Reelmark", "contains_product_name"),
        ("nine lives of a Canary", "contains_own_name"),
    ] {
        let refused = account_but("password", password.into());
        app.post("/users", &refused).refuses([("password", code)]);
        assert_not_stored(app, &refused);
        register(app, &account(refused["username"].as_str().unwrap())).expect(201);
    }
}

fn a_password_of_71_bytes_is_taken_whole(app: &TestApp) {
    let username = unique_name("long");
    let password: String = format!("{PASSWORD_CANARY} {}", "kz7pq4wm9xd2".repeat(6));
    let password = password[..71].to_owned();
    let mut account = account(&username);
    account["password"] = password.clone().into();
    register(app, &account).expect(201);

    log_in(app, &username, &password).expect(200);
    let almost = format!("{}y", &password[..70]);
    log_in(app, &username, &almost).problem(401, "invalid_credentials");
    let longer = format!("{password}x");
    log_in(app, &username, &longer).problem(401, "invalid_credentials");
}

fn signing_in_takes_the_username_or_the_email(app: &TestApp) {
    let Member { username, email, password, .. } = app.somebody();
    for login in [username.clone(), username.to_uppercase(), email.clone(), email.to_uppercase()] {
        log_in(app, &login, &password).expect(200);
    }
}

fn a_token_is_good_for_ten_minutes_and_nobody_may_store_it(app: &TestApp) {
    let Member { username, password, .. } = app.somebody();
    let answer = log_in(app, &username, &password);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let body = answer.json(200);
    assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(600)));
}

fn nobody_learns_which_accounts_there_are_by_signing_in(app: &TestApp) {
    let known = app.somebody().username;
    let unknown = unique_name("nobody");
    let wrong = format!("{PASSWORD_CANARY} guessed");
    let answers = [&known, &unknown, "no such@name", "\u{1f3ac}"].map(|login| {
        let mut problem = log_in(app, login, &wrong).problem(401, "invalid_credentials");
        problem["request_id"] = Value::Null;
        problem
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:#?}");
}

fn signing_in_with_nothing_is_refused_by_field(app: &TestApp) {
    let nothing = app.post("/auth/login", &json!({}));
    nothing.refuses([("login", "required"), ("password", "required")]);
    let blank = app.post("/auth/login", &json!({"login": " ", "password": ""}));
    blank.refuses([("login", "blank"), ("password", "blank")]);
    let with_nul = json!({"login": app.somebody().username, "password": "\0".repeat(12)});
    app.post("/auth/login", &with_nul).problem(401, "invalid_credentials");
}

fn only_the_admin_gives_roles(app: &TestApp) {
    let member = app.somebody();
    let path = format!("/users/{}/role", member.username);
    let curator = json!({"role": "curator"});
    app.call("PUT", &path).json(&curator).send().problem(401, "unauthenticated");
    member.put(&path, &curator).problem(403, "forbidden");
    app.curator().put(&path, &curator).problem(403, "forbidden");
    app.admin().put(&path, &json!({"role": "king"})).refuses([("role", "malformed")]);
    app.admin().put(&path, &json!({})).refuses([("role", "required")]);
    let nobody = format!("/users/{}/role", unique_name("nobody"));
    app.admin().put(&nobody, &curator).problem(404, "user_not_found");
    assert_eq!(member.get("/users/me").json(200)["role"], "member");
}

fn a_new_role_acts_at_once(app: &TestApp) {
    let member = app.sign_up("rising");
    let movie = member.add_movie_titled("Up");
    let path = format!("/users/{}/role", member.username);

    let given = app.admin().put(&path, &json!({"role": "curator"})).json(200);
    assert_eq!(given["role"], "curator");
    member.patch(&movie.path(), &movie.etag, &json!({"release_year": 2009})).expect(200);

    app.admin().put(&path, &json!({"role": "member"})).expect(200);
    member.delete(&movie.path()).problem(403, "forbidden");
}
