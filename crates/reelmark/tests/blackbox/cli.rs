//! The command line.

use std::fs;

use serde_json::Value;

use crate::support::member::Member;
use crate::support::scenario::Scenario;
use crate::support::secrets::{PASSWORD_CANARY, email_of, password_of};
use crate::support::{Launch, Stack, TestApp, unique_name, wait_for};
use crate::{alone, beside_others, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = beside_others![
        an_operator_makes_accounts_and_gives_roles_while_the_service_runs,
        an_operator_is_told_why_an_account_cannot_be_made,
        the_health_check_asks_the_service,
        settings_can_be_checked_without_a_start,
    ];
    scenarios.extend(alone![an_audit_recounts_every_movie]);
    scenarios.extend(only_on![Embedded:
        help_names_every_setting,
        a_setting_that_cannot_be_used_stops_the_start_with_a_sentence,
        all_settings_that_cannot_be_used_are_named_at_once,
        unknown_flags_and_commands_are_refused,
        the_log_can_be_read_by_machines,
        the_data_of_the_embedded_default_is_private,
    ]);
    scenarios.extend(only_on![Full:
        shared_engines_need_a_shared_secret,
        a_store_that_cannot_be_reached_stops_the_start_with_a_sentence,
        a_worker_needs_no_secret_and_tells_why_it_cannot_start,
        migrating_can_be_repeated,
    ]);
    scenarios
}

fn an_audit_recounts_every_movie(stack: Stack) {
    let app = stack.launch().start();
    let ada = app.sign_up("ada");
    let movies = ["Up", "M"].map(|title| ada.add_movie_titled(title));
    ada.rate(&movies[0], 9);
    app.wait_for_scores(&movies[0], &[9]);

    for arguments in [&["audit"][..], &["audit", "--repair"]] {
        let ended = app.launch().run(arguments);
        assert!(ended.succeeded, "{}{}", ended.stdout, ended.stderr);
        assert!(ended.stdout.contains("2 summaries were compared, 0 of them differ."));
    }
}

fn create(app: &TestApp, username: &str, role: &str, password: &str) -> (bool, String, String) {
    let email = email_of(username);
    let command =
        ["user", "create", username, "--email", &email, "--role", role, "--password-stdin"];
    let ended = app.launch().run_with_input(&command, &format!("{password}\n"));
    (ended.succeeded, ended.stdout, ended.stderr)
}

fn an_operator_makes_accounts_and_gives_roles_while_the_service_runs(app: &TestApp) {
    let username = unique_name("operated");
    let password = password_of(&username);
    let (succeeded, stdout, stderr) = create(app, &username, "curator", &password);
    assert!(succeeded, "{stderr}");
    assert!(!format!("{stdout}{stderr}").contains(PASSWORD_CANARY));
    let member = Member::sign_in(app, &username, &password);
    assert_eq!(member.get("/users/me").json(200)["role"], "curator");

    let given = app.launch().run(&["user", "set-role", &username, "admin"]);
    assert!(given.succeeded, "{}", given.stderr);
    wait_for("the new role", || {
        let profile = member.get("/users/me").json(200);
        (profile["role"] == "admin").then_some(())
    });

    let generated = unique_name("generated");
    let made = app.launch().run(&["user", "create", &generated, "--email", &email_of(&generated)]);
    let mut lines = made.stdout.lines();
    let password = lines.find_map(|line| line.strip_prefix("Password: "));
    let password =
        password.unwrap_or_else(|| panic!("no password: {}{}", made.stdout, made.stderr));
    Member::sign_in(app, &generated, password);
}

fn an_operator_is_told_why_an_account_cannot_be_made(app: &TestApp) {
    let taken = app.somebody().username;
    let password = password_of("somebody");
    for (username, role, password, reason) in [
        (taken.as_str(), "member", password.as_str(), "taken"),
        ("a b", "member", &password, "username"),
        ("king-arthur", "king", &password, "role"),
        ("too-short", "member", "Kanarien", "password"),
    ] {
        let (succeeded, _, stderr) = create(app, username, role, password);
        assert!(!succeeded && stderr.contains(reason), "{username}: {stderr}");
        assert!(!stderr.contains("Kanarien") && !stderr.contains("panicked"), "{stderr}");
    }
    let unknown = app.launch().run(&["user", "set-role", &unique_name("nobody"), "admin"]);
    assert!(!unknown.succeeded && unknown.stderr.contains("no such user"), "{}", unknown.stderr);
}

fn the_health_check_asks_the_service(app: &TestApp) {
    let address = app.url("").replace("http://", "");
    let healthy = app.launch().clone().with("BIND_ADDRESS", &address).run(&["healthcheck"]);
    assert!(healthy.succeeded, "{}", healthy.stderr);
    let nobody = app.launch().clone().with("BIND_ADDRESS", "127.0.0.1:1").run(&["healthcheck"]);
    assert!(!nobody.succeeded && nobody.stderr.contains("127.0.0.1:1"), "{}", nobody.stderr);
}

fn settings_can_be_checked_without_a_start(app: &TestApp) {
    let checked = app.launch().run(&["config", "check"]);
    assert!(checked.succeeded, "{}", checked.stderr);
    let told = format!("{}{}", checked.stdout, checked.stderr);
    assert!(!told.contains("black-box") && told.contains("store"), "{told}");
    let wrong = app.launch().clone().with("BCRYPT_COST", "9").run(&["config", "check"]);
    assert!(!wrong.succeeded && wrong.stderr.contains("BCRYPT_COST"), "{}", wrong.stderr);
}

fn help_names_every_setting() {
    let help = Launch::embedded().run(&["serve", "--help"]).stdout;
    for setting in [
        "BIND_ADDRESS",
        "DATA_DIR",
        "DATABASE_URL",
        "REDIS_URL",
        "AMQP_URL",
        "JWT_SECRET",
        "JWT_KEYS",
        "JWT_ISSUER",
        "JWT_AUDIENCE",
        "BCRYPT_COST",
        "DRAIN_SECONDS",
        "PUBLIC_URL",
        "CORS_ORIGINS",
        "LOG_FORMAT",
        "RUST_LOG",
    ] {
        let flag = format!("--{}", setting.to_lowercase().replace('_', "-"));
        assert!(help.contains(setting) && help.contains(&flag), "{setting}: {help}");
    }
}

/// The error of a start that must fail.
fn failed_start(launch: &Launch) -> String {
    let ended = launch.run(&["serve"]);
    assert!(!ended.succeeded, "it started: {}", ended.stdout);
    assert!(!ended.stderr.contains("panicked"), "{}", ended.stderr);
    ended.stderr
}

fn a_setting_that_cannot_be_used_stops_the_start_with_a_sentence() {
    for (setting, value) in [
        ("BIND_ADDRESS", "here"),
        ("BCRYPT_COST", "9"),
        ("BCRYPT_COST", "many"),
        ("JWT_SECRET", "only-thirty-one-bytes-of-secret"),
        ("DATABASE_URL", "mysql://localhost/reelmark"),
        ("REDIS_URL", "http://localhost"),
        ("AMQP_URL", "http://localhost"),
        ("DRAIN_SECONDS", "soon"),
        ("LOG_FORMAT", "xml"),
        ("CORS_ORIGINS", "*"),
        ("PUBLIC_URL", "movies.example.org"),
        ("DATABSE_URL", "sqlite://movies.db"),
        ("JWT_SECRT", "0123456789-0123456789-0123456789"),
    ] {
        let error = failed_start(&Launch::embedded().with(setting, value));
        assert!(error.contains(setting), "{setting}={value}: {error}");
        let is_secret = setting.starts_with("JWT");
        assert!(!is_secret || !error.contains(value), "{error}");
    }
}

fn all_settings_that_cannot_be_used_are_named_at_once() {
    let wrong = Launch::embedded().with("BCRYPT_COST", "4").with("LOG_FORMAT", "xml");
    let error = failed_start(&wrong.with("BIND_ADDRESS", "here"));
    for setting in ["BCRYPT_COST", "LOG_FORMAT", "BIND_ADDRESS"] {
        assert!(error.contains(setting), "{error}");
    }
}

fn unknown_flags_and_commands_are_refused() {
    for arguments in [&["serve", "--bind-adress", "x"][..], &["srve"], &[], &["user", "remove"]] {
        let ended = Launch::embedded().run(arguments);
        assert!(!ended.succeeded, "{arguments:?}: {}", ended.stdout);
        assert!(ended.stderr.contains("Usage"), "{arguments:?}: {}", ended.stderr);
    }
}

fn the_log_can_be_read_by_machines() {
    let app = Stack::Embedded.launch().with("LOG_FORMAT", "json").start();
    app.get("/movies?limit=1").expect(200);
    app.stop();
    let log = app.process().log();
    let lines = log.lines().map(serde_json::from_str::<Value>);
    let lines: Vec<Value> = lines.collect::<Result<_, _>>().expect("every line should be JSON");
    let access = lines.iter().find(|line| line["path"] == "/api/v1/movies");
    let access = access.unwrap_or_else(|| panic!("no line about the request: {log}"));
    assert_eq!((&access["method"], &access["status"]), (&"GET".into(), &200.into()));
    assert!(access["duration_ms"].is_number() && access["request_id"].is_string(), "{access}");
}

/// Whoever can read the secret can sign in as anybody.
fn the_data_of_the_embedded_default_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let app = Stack::Embedded.shared_app();
    let files = fs::read_dir(app.launch().data_dir()).unwrap();
    let files: Vec<_> = files.map(|file| file.unwrap()).collect();
    assert!(!files.is_empty());
    let open = files.iter().filter(|file| {
        let mode = file.metadata().unwrap().permissions().mode();
        file.file_name().to_string_lossy().contains("secret") && mode & 0o077 != 0
    });
    assert_eq!(open.count(), 0);
}

fn shared_engines_need_a_shared_secret() {
    let launch = Stack::Full.shared_app().launch().clone();
    for wrong in [launch.clone().without("JWT_SECRET"), launch.with("JWT_SECRET", "short")] {
        let error = failed_start(&wrong);
        assert!(error.contains("JWT_SECRET") && !error.contains("short\""), "{error}");
    }
}

fn a_store_that_cannot_be_reached_stops_the_start_with_a_sentence() {
    let shared = Stack::Full.shared_app().launch().clone();
    let nowhere = "postgres://reelmark:hunter2@127.0.0.1:1/reelmark";
    let error = failed_start(&shared.with("DATABASE_URL", nowhere));
    assert!(error.contains("PostgreSQL") && !error.contains("hunter2"), "{error}");
}

fn a_worker_needs_no_secret_and_tells_why_it_cannot_start() {
    let shared = Stack::Full.shared_app().launch().clone().without("JWT_SECRET");
    let worker = shared.start_worker();
    worker.signal("TERM");
    assert!(worker.wait().succeeded);

    let wrong = shared.with("DATABASE_URL", "postgres://reelmark:hunter2@127.0.0.1:1/reelmark");
    let ended = wrong.run(&["worker"]);
    assert!(!ended.succeeded && ended.stderr.contains("PostgreSQL"), "{}", ended.stderr);
    assert!(!ended.stderr.contains("hunter2"), "{}", ended.stderr);
}

fn migrating_can_be_repeated() {
    let shared = Stack::Full.shared_app();
    for _ in 0..2 {
        let ended = shared.launch().run(&["migrate"]);
        assert!(ended.succeeded, "{}", ended.stderr);
    }
    shared.get("/movies").expect(200);
}
