//! Messages that nobody could process, and what operators do about them.

use crate::only_on;
use crate::support::scenario::Scenario;
use crate::support::stack::run_sql;
use crate::support::{Stack, TestApp, wait_for};

pub fn scenarios() -> Vec<Scenario> {
    only_on![Full: a_message_that_nobody_can_process_is_listed_retried_and_dropped]
}

const UNREADABLE: &str = "
    INSERT INTO outbox_messages (kind, payload, created_at)
    VALUES ('nobody_knows.v9', '{}', now()) RETURNING id";

/// Runs `reelmark queue dead-letters` and returns what it says; fails when it does.
fn dead_letters(app: &TestApp, arguments: &[&str]) -> String {
    let command = [&["queue", "dead-letters"], arguments].concat();
    let ended = app.launch().run(&command);
    assert!(ended.succeeded, "{command:?}: {}", ended.stderr);
    ended.stdout
}

fn wait_for_letter(app: &TestApp, id: &str) -> String {
    wait_for("the dead letter", || {
        let listed = dead_letters(app, &["list"]);
        let mut lines = listed.lines();
        lines.find(|line| line.split('\t').next() == Some(id)).map(str::to_owned)
    })
}

fn a_message_that_nobody_can_process_is_listed_retried_and_dropped() {
    let app = Stack::Full.launch().start();
    assert_eq!(dead_letters(&app, &["list"]), "");
    let database = app.launch().setting("DATABASE_URL");
    let id = run_sql(database, UNREADABLE);

    let line = wait_for_letter(&app, &id);
    assert!(line.contains("nobody_knows.v9") && line.contains("unknown"), "{line}");

    // It can't be read the second time either, and is there again.
    assert!(dead_letters(&app, &["retry", &id]).contains("1 to be tried again"));
    wait_for_letter(&app, &id);

    // Once its cause is mended, it is counted.
    let (member, movie) = (app.sign_up("ada"), app.sign_up("bob").add_movie_titled("Up"));
    member.rate(&movie, 3);
    app.wait_for_scores(&movie, &[3]);
    let payload = format!(r#"{{"movie":{},"user":1,"old":null,"new":9}}"#, movie.id);
    let mend = format!(
        "UPDATE dead_letters SET kind = 'rating_changed.v1', payload = '{payload}' WHERE id = {id}"
    );
    run_sql(database, &mend);
    dead_letters(&app, &["retry", "--all"]);
    app.wait_for_scores(&movie, &[3, 9]);
    assert_eq!(dead_letters(&app, &["list"]), "");

    let id = run_sql(database, UNREADABLE);
    wait_for_letter(&app, &id);
    assert!(dead_letters(&app, &["drop", &id]).contains("1 deleted"));
    assert_eq!(dead_letters(&app, &["list"]), "");
    let again = app.launch().run(&["queue", "dead-letters", "drop", &id]);
    assert!(!again.succeeded && again.stderr.contains(&id), "{}", again.stderr);
}
