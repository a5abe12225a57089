use serde_json::json;

use crate::support::operators::printed_password;
use crate::support::scenario::Scenario;
use crate::support::{Launch, Member, Stack, unique};
use crate::{alone, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios =
        alone![a_restart_keeps_everything, what_was_not_counted_before_a_stop_is_counted_after_it,];
    scenarios.extend(only_on![Embedded:
        the_first_start_prints_the_password_of_an_admin_once,
        the_starter_catalogue_can_be_left_out,
    ]);
    scenarios.extend(only_on![Full: a_shared_store_gets_no_admin_by_itself]);
    scenarios
}

fn a_restart_keeps_everything(stack: Stack) {
    let app = stack.launch().start();
    let (member, title) = (app.sign_up("ada"), unique("Stalker"));
    let movie = member.add_movie_titled(&title);
    member.review(&movie, 8, "Slow.").expect(201);
    app.wait_for_scores(&movie, &[8]);
    let before = app.movie(&movie);
    app.stop();

    let app = app.launch().start();

    let member = member.at(&app);
    assert_eq!(app.movie(&movie), before);
    assert_eq!(member.get(&movie.rating()).json(200)["review"], "Slow.");
    assert_eq!(app.titles(&format!("/movies?query={title}"))[0], title);
    Member::sign_in(&app, &member.username, &member.password);
    member.rate(&movie, 2);
    app.wait_for_scores(&movie, &[2]);
}

fn what_was_not_counted_before_a_stop_is_counted_after_it(stack: Stack) {
    let launch = stack.launch();
    let app = launch.clone().without_worker().start();
    let member = app.sign_up("ada");
    let movie = member.add_movie_titled("Up");
    member.rate(&movie, 8);
    assert_eq!(app.summary(&movie)["count"], 0);
    app.stop();

    let app = launch.start();
    app.wait_for_scores(&movie, &[8]);
}

fn the_first_start_prints_the_password_of_an_admin_once() {
    let launch = Launch::embedded();
    let app = launch.start();
    let stdout = app.process().stdout();
    let password = printed_password(&stdout).unwrap_or_else(|| panic!("no password: {stdout}"));
    assert!(password.len() >= 16, "it should be hard to guess");
    assert!(stdout.contains(&app.url("/docs")), "{stdout}");
    assert!(!app.process().log().contains(&password));
    let admin = Member::sign_in(&app, "admin", &password);
    assert_eq!(admin.get("/users/me").json(200)["role"], "admin");
    app.stop();

    let app = launch.start();
    let stdout = app.process().stdout();
    assert!(!stdout.contains("password") && stdout.contains("/docs"), "{stdout}");
    Member::sign_in(&app, "admin", &password);
}

fn the_starter_catalogue_can_be_left_out() {
    let app = Launch::embedded().with("STARTER_CATALOGUE", "off").start();
    assert_eq!(app.get("/movies?count=exact").json(200)["total"], 0);
    assert_eq!(app.get("/charts/top-rated").json(200)["items"], json!([]));
}

fn a_shared_store_gets_no_admin_by_itself() {
    let stdout = Stack::Full.shared_app().process().stdout();
    assert_eq!(printed_password(&stdout), None);
    assert!(!stdout.contains("password"), "{stdout}");
}
