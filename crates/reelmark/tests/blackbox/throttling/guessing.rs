//! Guessing passwords.

use std::time::{Duration, Instant};

use serde_json::json;

use super::guest::{Guest, fallback_answers, hashes, limited, metric, retry_after};
use crate::alone;
use crate::support::mailbox::Mailbox;
use crate::support::patience::poll_every;
use crate::support::scenario::Scenario;
use crate::support::{Answer, Stack, TestApp, at_once, unique_name};

/// What one network may do at once, and how long until it may do one more.
const BURST: u64 = 5;
const INTERVAL: Duration = Duration::from_secs(12);

pub fn scenarios() -> Vec<Scenario> {
    alone![
        who_guesses_is_slowed_down_and_told_when_to_come_back,
        of_200_guesses_at_once_no_more_are_hashed_than_the_limit_allows,
        nobody_locks_somebody_else_out,
        a_stolen_token_does_not_help_to_guess_the_password,
        nobody_floods_an_address_with_mails,
        in_no_state_of_the_limits_can_one_tell_which_accounts_there_are,
    ]
}

/// The most that can have been let in since `began`, if replicas that lost sight of each other
/// counted by themselves.
pub fn allowed(began: Instant, apps: &[&TestApp]) -> u64 {
    let came_back = began.elapsed().as_secs() / INTERVAL.as_secs();
    let on_their_own = apps.iter().filter(|app| fallback_answers(app) > 0).count();
    BURST * (1 + on_their_own as u64) + came_back
}

fn who_guesses_is_slowed_down_and_told_when_to_come_back(stack: Stack) {
    let app = limited(stack).start();
    let ada = app.sign_up("ada");
    let guest = Guest::new(&app, "192.0.2.1");
    for left in (0..BURST).rev() {
        let answer = guest.guess(&ada.username).expect(401);
        let policies = answer.header("ratelimit-policy").unwrap_or_default();
        assert!(policies.starts_with("\"login-ip\";q=5;w=60, \"login-account-ip\";q=10;w=900"));
        assert!(!policies.contains("\"login-account\""), "what others do is told: {policies}");
        let told = answer.header("ratelimit").unwrap_or_default();
        assert!(told.starts_with(&format!("\"login-ip\";r={left};t=")), "{told}");
    }

    let refused = guest.log_in(&ada.username, &ada.password);
    assert!((1..=12).contains(&retry_after(&refused)), "{}", refused.describe());
    assert!(refused.header("ratelimit").is_some_and(|told| told.starts_with("\"login-ip\";r=0")));
    refused.problem(429, "too_many_requests");

    let came_back = poll_every(Duration::from_millis(500), INTERVAL * 3, || {
        let answer = guest.log_in(&ada.username, &ada.password);
        (answer.status != 429).then_some(answer)
    });
    came_back.expect("who waits should be let in").expect(200);
}

fn of_200_guesses_at_once_no_more_are_hashed_than_the_limit_allows(stack: Stack) {
    let app = limited(stack).start();
    let ada = app.sign_up("ada");
    let guest = Guest::new(&app, "192.0.2.1");
    let (before, began) = (hashes(&app), Instant::now());

    let statuses = at_once(200, |_| guest.guess(&ada.username).status);

    let hashed = hashes(&app) - before;
    assert!(hashed >= 1 && hashed <= allowed(began, &[&app]), "{hashed} were hashed");
    let refused = statuses.iter().filter(|status| **status == 429).count();
    assert!(refused as u64 >= 200 - allowed(began, &[&app]), "{refused} were refused");
}

/// Whatever others do, the owner of an account gets in from elsewhere, if slowly.
fn nobody_locks_somebody_else_out(stack: Stack) {
    let app = limited(stack).start();
    let ada = app.sign_up("ada");
    let mut networks = (1..=60).map(|number| format!("198.51.100.{number}"));
    let is_crowded = |network: String| {
        let guest = Guest::new(&app, &network);
        (0..BURST).any(|_| {
            let answer = guest.guess(&ada.username);
            assert!(matches!(answer.status, 401 | 429), "{}", answer.describe());
            answer.header("ratelimit-policy").is_some_and(|told| told.contains("login-slow-lane"))
        })
    };
    assert!(networks.any(is_crowded), "an account should have a limit of its own");

    let owner = Guest::new(&app, "192.0.2.1");
    owner.log_in(&ada.username, &ada.password).expect(200);
    // The account may have got an attempt back since it was crowded, so that this was no slow one.
    let mut attempts = (0..2).map(|_| owner.log_in(&ada.username, &ada.password));
    let refused = attempts.find(|answer| answer.status == 429);
    let refused = refused.expect("the slow lane should be slow");
    assert!((200..=300).contains(&retry_after(&refused)), "{}", refused.describe());
    refused.problem(429, "too_many_requests");
    Guest::new(&app, "192.0.2.2").log_in(&ada.username, &ada.password).expect(200);
    assert!(metric(&app, "reelmark_rate_limited_total", "login-account\",outcome=\"refused") > 0);
}

/// Leaving and changing the password both try it, and count together.
fn a_stolen_token_does_not_help_to_guess_the_password(stack: Stack) {
    let app = limited(stack).start();
    let ada = app.sign_up("ada");
    let leave = |password: &str| {
        ada.call("DELETE", "/users/me").json(&json!({"password": password})).send()
    };
    let change = |password: &str| {
        let new = "Kanarienvogel flies 7 miles";
        let body = json!({"current_password": password, "new_password": new});
        ada.post("/auth/password/change", &body)
    };
    for number in 0..5 {
        let wrong = "not the right password";
        let answer = if number % 2 == 0 { leave(wrong) } else { change(wrong) };
        answer.problem(403, "wrong_password");
    }
    for refused in [leave(&ada.password), change(&ada.password)] {
        assert!((1..=180).contains(&retry_after(&refused)), "{}", refused.describe());
        refused.problem(429, "too_many_requests");
    }
    ada.get("/users/me").expect(200);
}

/// From however many networks, and whether there is such an account or not.
fn nobody_floods_an_address_with_mails(stack: Stack) {
    let app = limited(stack).start();
    let (ada, ben) = (app.sign_up("ada"), app.sign_up("ben"));
    let unknown = format!("{}@example.org", unique_name("nobody"));
    let forget = |number: u8, email: &str| {
        let guest = Guest::new(&app, &format!("192.0.2.{number}"));
        let answer = guest.post("/auth/password/forgot", &json!({"email": email})).expect(202);
        assert_eq!(answer.header("retry-after"), None);
    };
    for number in 1..=5 {
        forget(number, &ada.email);
        forget(number, &unknown);
    }
    let refused = metric(&app, "reelmark_rate_limited_total", "mail-address\",outcome=\"refused");
    assert_eq!(refused, 4, "known and unknown addresses count alike");

    forget(6, &ben.email);
    let mailbox = Mailbox::Folder(app.clone());
    mailbox.new_code(&ben.email, &[]);
    assert_eq!(mailbox.mails_to(&ada.email).len(), 3);
}

fn in_no_state_of_the_limits_can_one_tell_which_accounts_there_are(stack: Stack) {
    let app = limited(stack).start();
    let ada = app.sign_up("ada");
    let logins = [
        ada.username.clone(),
        unique_name("nobody"),
        ada.email.clone(),
        format!("{}@example.org", unique_name("nobody")),
        "nobody can be called this".to_owned(),
    ];
    let seen = logins.iter().zip(1..).map(|(login, number)| {
        let guest = Guest::new(&app, &format!("192.0.2.{number}"));
        let states = (0..=BURST + 1).map(|_| what_a_client_sees(guest_once(&guest, login)));
        states.collect::<Vec<_>>()
    });
    let seen: Vec<Vec<_>> = seen.collect();
    assert!(seen[0].iter().any(|(status, ..)| *status == 401));
    assert!(seen[0].iter().any(|(status, ..)| *status == 429));
    for (other, login) in seen.iter().zip(&logins).skip(1) {
        assert_eq!(other, &seen[0], "{login} can be told from an account");
    }
}

fn guest_once(guest: &Guest, login: &str) -> Answer {
    let body = serde_json::json!({"login": login, "password": "not the right password"});
    guest.call("POST", "/auth/login").header("x-request-id", "same").json(&body).send()
}

/// The whole answer but for times.
fn what_a_client_sees(answer: Answer) -> (u16, Vec<u8>, Vec<String>) {
    let headers = answer.headers.iter().filter(|(name, _)| *name != "date");
    let mut headers: Vec<String> = headers
        .map(|(name, value)| match name.as_str() {
            "retry-after" => name.to_string(),
            "ratelimit" => format!("{name}: {}", without_times(value.to_str().unwrap())),
            _ => format!("{name}: {value:?}"),
        })
        .collect();
    headers.sort();
    (answer.status, answer.body, headers)
}

fn without_times(limits: &str) -> String {
    let limits = limits.split(", ").map(|limit| limit.split(";t=").next().unwrap_or_default());
    limits.collect::<Vec<_>>().join(", ")
}
