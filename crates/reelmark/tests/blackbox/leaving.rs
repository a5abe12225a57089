//! Taking one's data along, and leaving.

use serde_json::{Value, json};

use crate::sessions::ELSEWHERE_WITHIN;
use crate::support::member::patiently;
use crate::support::patience::{eventually, within};
use crate::support::scenario::Scenario;
use crate::support::{Answer, Member, Stack, TestApp, unique};
use crate::{alone, beside_others};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        all_that_was_put_in_is_handed_out,
        the_same_is_handed_out_as_a_table,
        no_other_form_is_handed_out,
        nothing_is_left_of_an_account_that_is_erased,
        the_summaries_forget_an_erased_account,
        name_and_address_of_an_erased_account_are_free,
        nobody_is_erased_without_the_password,
    ];
    // What goes wrong here would take the admin away from all others.
    scenarios.extend(alone![the_last_admin_stays]);
    scenarios
}

fn erase(member: &Member, password: &str) -> Answer {
    patiently(|| member.call("DELETE", "/users/me").json(&json!({"password": password})).send())
}

fn export(member: &Member) -> Value {
    member.get("/users/me/export").json(200)
}

fn all_that_was_put_in_is_handed_out(app: &TestApp) {
    let (member, other) = (app.sign_up("leaving"), app.somebody());
    let profile = json!({"display_name": "Ada", "bio": "First.\nLast.", "visibility": "private"});
    member.edit_profile(&profile).expect(200);
    let title = unique("Up");
    let added = member.add_movie(&json!({"title": title, "release_year": 2009}));
    let rated = other.add_movie_titled("Down");
    member.rate(&added, 7);
    member.review(&rated, 10, "=1+1, \"so\" they say").expect(201);
    other.rate(&added, 1);

    let export = export(&member);

    let account = &export["account"];
    assert_eq!(account["username"], member.username.as_str());
    assert_eq!(account["email"], member.email.to_lowercase());
    for (name, value) in profile.as_object().unwrap() {
        assert_eq!(&account[name], value, "{name}");
    }
    assert_eq!(export["sessions"].as_array().map(Vec::len), Some(1));
    let ratings = export["ratings"].as_array().unwrap();
    let seen: Vec<_> = ratings.iter().map(|r| (&r["movie"]["id"], &r["score"])).collect();
    assert_eq!(seen, [(&json!(rated.id), &json!(10)), (&json!(added.id), &json!(7))]);
    assert_eq!(ratings[0]["review"], "=1+1, \"so\" they say");
    assert_eq!(ratings[1]["movie"]["title"], title.as_str());
    assert_eq!(ratings[1]["movie"]["release_year"], 2009);
    let movies = export["movies"].as_array().unwrap();
    assert_eq!((movies.len(), &movies[0]["movie"]["id"]), (1, &json!(added.id)));
    let text = export.to_string();
    assert!(!text.contains("$2") && !text.contains(&member.password), "hashes are no data");
    app.get("/users/me/export").problem(401, "unauthenticated");
}

fn the_same_is_handed_out_as_a_table(app: &TestApp) {
    let member = app.sign_up("leaving");
    let movie = app.somebody().add_movie_titled("Up");
    member.review(&movie, 3, "=1+1").expect(201);
    let answer = member.call("GET", "/users/me/export").header("accept", "text/csv").send();
    let answer = answer.expect(200);
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let text = answer.text();
    for line in [
        "section,row,field,value".to_owned(),
        format!("account,1,username,{}", member.username),
        format!("ratings,1,movie_id,{}", movie.id),
        "ratings,1,score,3".to_owned(),
        "ratings,1,review,'=1+1".to_owned(),
    ] {
        assert!(text.lines().any(|found| found == line), "{line} should be in {text}");
    }
}

fn no_other_form_is_handed_out(app: &TestApp) {
    let answer = app.somebody().call("GET", "/users/me/export").header("accept", "image/png");
    answer.send().problem(406, "not_acceptable");
}

fn nothing_is_left_of_an_account_that_is_erased(app: &TestApp) {
    let member = app.sign_up("leaving");
    let other_session = Member::sign_in(app, &member.username, &member.password);
    let movie = member.add_movie_titled("Up");
    member.review(&movie, 9, "Farewell.").expect(201);

    erase(&member, &member.password).expect(204);

    member.get("/users/me").problem(401, "invalid_token");
    other_session.get("/users/me").problem(401, "invalid_token");
    app.get(&member.profile()).problem(404, "user_not_found");
    app.get(&format!("{}/ratings", member.profile())).problem(404, "user_not_found");
    let login = json!({"login": member.username, "password": member.password});
    patiently(|| app.post("/auth/login", &login)).problem(401, "invalid_credentials");
    let ratings = app.get(&format!("{}?count=exact", movie.ratings())).json(200);
    assert_eq!(ratings["total"], 0);
    assert_eq!(app.movie(&movie)["id"], movie.id);
}

fn the_summaries_forget_an_erased_account(app: &TestApp) {
    let (member, other) = (app.sign_up("leaving"), app.somebody());
    let movies = ["Up", "Down"].map(|title| other.add_movie_titled(title));
    for movie in &movies {
        member.rate(movie, 9);
        other.rate(movie, 4);
        app.wait_for_scores(movie, &[4, 9]);
    }
    erase(&member, &member.password).expect(204);
    for movie in &movies {
        app.wait_for_scores(movie, &[4]);
        eventually(app.summary(movie), || app.movie(movie)["rating_summary"].clone());
    }
}

fn name_and_address_of_an_erased_account_are_free(app: &TestApp) {
    let member = app.sign_up("leaving");
    erase(&member, &member.password).expect(204);
    let account = json!({
        "username": member.username,
        "email": member.email,
        "password": member.password,
    });
    patiently(|| app.post("/users", &account)).expect(201);
    let again = Member::sign_in(app, &member.username, &member.password);
    assert_eq!(again.get("/users/me").json(200)["count"], 0);
    member.get("/users/me").problem(401, "invalid_token");
}

fn nobody_is_erased_without_the_password(app: &TestApp) {
    let member = app.sign_up("staying");
    erase(&member, "Kanarienvogel guessed").problem(403, "wrong_password");
    let nothing = member.call("DELETE", "/users/me").json(&json!({})).send();
    nothing.refuses([("password", "required")]);
    let body = json!({"password": member.password});
    app.call("DELETE", "/users/me").json(&body).send().problem(401, "unauthenticated");
    member.get("/users/me").expect(200);
}

fn the_last_admin_stays(stack: Stack) {
    let app = stack.launch().start();
    let admin = app.admin();
    let me = admin.get("/users/me").expect(200).value();
    erase(&admin, &admin.password).problem(409, "last_admin");
    let role = format!("/users/{}/role", admin.username);
    admin.put(&role, &json!({"role": "member"})).problem(409, "last_admin");
    let other = app.sign_up("deputy");
    operate(&app, &["user", "set-role", &other.username, "admin"]);
    operate(&app, &["user", "disable", &other.username]);
    erase(&admin, &admin.password).problem(409, "last_admin");
    assert_eq!(admin.get("/users/me").json(200)["id"], me["id"]);
    operate(&app, &["user", "set-role", &admin.username, "member"]);
    within(ELSEWHERE_WITHIN, 403, || admin.get("/admin/audit-events").status);
    admin.put(&role, &json!({"role": "admin"})).problem(403, "forbidden");
    app.stop();
}

#[track_caller]
fn operate(app: &TestApp, command: &[&str]) {
    let done = app.launch().run(command);
    assert!(done.succeeded, "{}", done.stderr);
}
