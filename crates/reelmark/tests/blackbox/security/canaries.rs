//! Secrets that turn up where they don't belong.

use reelmark_testkit::servers::SmtpPeer;
use serde_json::json;

use crate::support::process::all_logs;
use crate::support::scenario::Scenario;
use crate::support::secrets::{SMTP_PASSWORD, found_in, remember_what_services_keep};
use crate::support::{Stack, seen, wait_for};
use crate::{at_last, only_on};

pub fn scenarios() -> Vec<Scenario> {
    let mut scenarios = only_on![Full: the_password_of_the_mail_server_is_told_to_nobody];
    scenarios.extend(at_last![
        no_secret_is_ever_logged,
        no_secret_is_ever_measured,
        no_secret_is_ever_told_in_a_problem,
    ]);
    scenarios
}

const NOTHING: [&str; 0] = [];

/// Not to a server that takes it in the clear, not to whoever reads the log or checks settings.
fn the_password_of_the_mail_server_is_told_to_nobody() {
    let peer = SmtpPeer::start();
    let url = peer.url().replace("smtp://", &format!("smtp://robot:{SMTP_PASSWORD}@"));
    let launch = Stack::Full.launch().with("SMTP_URL", &url).with("ACTIVATION", "off");
    let checked = launch.run(&["config", "check"]);
    assert_eq!(found_in(&format!("{}{}", checked.stdout, checked.stderr)), NOTHING);

    let app = launch.start();
    let member = app.sign_up("forgetful");
    app.post("/auth/password/forgot", &json!({"email": member.email})).expect(202);
    wait_for("a failed try", || app.logs().contains("could not send a mail").then_some(()));
    assert_eq!(found_in(&app.logs()), NOTHING);
    assert!(peer.mails().is_empty());
    app.stop();
}

/// Of all that was done by all scenarios, no log tells a password, a token, a code or an address.
fn no_secret_is_ever_logged() {
    remember_what_services_keep();
    for app in Stack::started() {
        let log = app.process().log();
        assert!(log.contains("request"), "the log should tell of requests: {log}");
        let printed = app.process().stdout();
        let others = printed.lines().filter(|line| !line.contains("with the password"));
        assert_eq!(found_in(&others.collect::<String>()), NOTHING);
    }
    for log in all_logs() {
        assert_eq!(found_in(&log), NOTHING, "{}", telling_lines(&log));
    }
}

fn no_secret_is_ever_measured() {
    remember_what_services_keep();
    for app in Stack::started() {
        let metrics = app.at_root("/metrics").expect(200).text();
        assert_eq!(found_in(&metrics), NOTHING);
    }
}

fn no_secret_is_ever_told_in_a_problem() {
    remember_what_services_keep();
    let problems = seen::problems().join("\n");
    assert!(problems.contains("invalid_credentials"), "somebody should have been refused");
    assert_eq!(found_in(&problems), NOTHING, "{}", telling_lines(&problems));
    assert!(seen::answered_with_hashes().is_empty(), "{:?}", seen::answered_with_hashes());
}

/// The first lines that tell a secret.
fn telling_lines(text: &str) -> String {
    let telling = text.lines().filter(|line| !found_in(line).is_empty());
    telling.take(5).collect::<Vec<_>>().join("\n")
}
