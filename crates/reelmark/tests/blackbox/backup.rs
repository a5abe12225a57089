//! Copies of the embedded store.

use std::fs;
use std::thread;

use crate::only_on;
use crate::support::scenario::Scenario;
use crate::support::scratch::new_directory;
use crate::support::{Launch, Stack, TestApp, wait_for};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = only_on![Embedded:
        a_copy_made_while_people_rate_is_whole,
        a_store_in_use_is_not_replaced,
        what_is_no_copy_is_refused_and_leaves_the_store_alone,
    ];
    scenarios.extend(only_on![Full: a_database_server_is_copied_by_other_means]);
    scenarios
}

fn launch() -> Launch {
    Stack::Embedded.launch()
}

fn copy_of(app: &TestApp) -> String {
    let copy = new_directory("backup").join("copy.db").to_str().unwrap().to_owned();
    let ended = app.launch().run(&["backup", &copy]);
    assert!(ended.succeeded, "{}{}", ended.stdout, ended.stderr);
    copy
}

fn a_copy_made_while_people_rate_is_whole() {
    let app = launch().start();
    let crowd = app.crowd(3);
    let movie = crowd[0].add_movie_titled("Up");
    let copy = thread::scope(|threads| {
        for member in &crowd {
            let movie = &movie;
            threads.spawn(move || (1..=60).for_each(|n| drop(member.rate(movie, 1 + n % 10))));
        }
        copy_of(&app)
    });
    app.stop();

    let elsewhere = launch();
    let ended = elsewhere.run(&["restore", &copy]);
    assert!(ended.succeeded, "{}{}", ended.stdout, ended.stderr);
    let restored = elsewhere.start();
    restored.get(&movie.path()).expect(200);
    wait_for("the summaries to be right", || {
        let audit = restored.launch().run(&["audit"]);
        audit.succeeded.then_some(())
    });
    let listed = restored.get(&movie.ratings()).json(200);
    assert!(listed["items"].as_array().unwrap().len() <= 3);
    restored.stop();
}

fn a_store_in_use_is_not_replaced() {
    let app = launch().start();
    let movie = app.somebody().add_movie_titled("Up");
    let copy = copy_of(&app);
    let later = app.somebody().add_movie_titled("Later");

    for arguments in [&["restore", &copy][..], &["restore", &copy, "--replace"]] {
        let ended = app.launch().run(arguments);
        assert!(!ended.succeeded, "{}", ended.stdout);
    }
    let ended = app.launch().run(&["restore", &copy, "--replace"]);
    assert!(ended.stderr.contains("stop the service first"), "{}", ended.stderr);
    app.get(&later.path()).expect(200);
    app.stop();

    let ended = app.launch().run(&["restore", &copy]);
    assert!(!ended.succeeded && ended.stderr.contains("--replace"), "{}", ended.stderr);
    let ended = app.launch().run(&["restore", &copy, "--replace"]);
    assert!(ended.succeeded, "{}{}", ended.stdout, ended.stderr);
    let again = app.launch().start();
    again.get(&movie.path()).expect(200);
    assert_eq!(again.get(&later.path()).status, 404);
    again.stop();
}

fn what_is_no_copy_is_refused_and_leaves_the_store_alone() {
    let app = launch().start();
    let movie = app.somebody().add_movie_titled("Up");
    let copy = copy_of(&app);
    let ended = app.launch().run(&["backup", &copy]);
    assert!(!ended.succeeded && ended.stderr.contains("is there already"), "{}", ended.stderr);
    app.stop();

    let folder = new_directory("backup");
    let text = folder.join("diary.txt");
    fs::write(&text, "Dear diary, ".repeat(1_000)).unwrap();
    let cut = folder.join("cut.db");
    let whole = fs::read(&copy).unwrap();
    fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    let missing = folder.join("missing.db");
    for wrong in [text, cut, missing] {
        let ended = app.launch().run(&["restore", wrong.to_str().unwrap(), "--replace"]);
        assert!(!ended.succeeded, "{}: {}", wrong.display(), ended.stdout);
    }
    let again = app.launch().start();
    again.get(&movie.path()).expect(200);
    again.stop();
}

fn a_database_server_is_copied_by_other_means() {
    let copy = new_directory("backup").join("copy.db").to_str().unwrap().to_owned();
    for command in ["backup", "restore"] {
        let ended = Stack::Full.shared_app().launch().run(&[command, &copy]);
        assert!(!ended.succeeded && ended.stderr.contains("pg_dump"), "{}", ended.stderr);
    }
}
