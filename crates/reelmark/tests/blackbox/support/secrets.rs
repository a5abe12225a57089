//! Everything that must never be logged, recognisable wherever it turns up.

use std::collections::BTreeSet;
use std::sync::Mutex;

use serde_json::Value;

use super::launch::JWT_SECRET;
use super::{mailbox, scratch};

/// Part of every password that any scenario sends.
pub const PASSWORD_CANARY: &str = "Kanarienvogel";

/// Part of every e-mail address.
pub const EMAIL_CANARY: &str = "canary.example";

/// How every hash of a password begins.
pub const HASH_CANARY: &str = "$2b$";

/// The password of Reelmark at its mail server.
pub const SMTP_PASSWORD: &str = "Kolkrabe-at-the-mail-server";

/// User and password at the broker, as they stand in its address.
const BROKER_CREDENTIALS: &str = "guest:guest";

const CANARIES: [&str; 6] =
    [PASSWORD_CANARY, EMAIL_CANARY, HASH_CANARY, JWT_SECRET, SMTP_PASSWORD, BROKER_CREDENTIALS];

/// Shorter keys of clients, such as `one`, are words that stand in any text.
const LEAST_TELLING_KEY: usize = 16;

static OTHERS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// A password may not contain its owner's name, so the digits of a name are what tells it from
/// others.
pub fn password_of(username: &str) -> String {
    let digits: String = username.chars().filter(char::is_ascii_digit).collect();
    format!("{PASSWORD_CANARY} sings {digits} songs")
}

pub fn email_of(username: &str) -> String {
    format!("{username}@{EMAIL_CANARY}")
}

/// The claims and the signature, either of which tells one token from all others.
pub fn remember_token(token: &str) {
    token.split('.').skip(1).for_each(remember);
}

pub fn remember(secret: &str) {
    OTHERS.lock().unwrap().insert(secret.to_owned());
}

/// Remembers the tokens in an answer, if there are any.
pub fn remember_tokens_in(body: &[u8]) {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    if let (Some(access), Some(refresh)) =
        (body["access_token"].as_str(), body["refresh_token"].as_str())
    {
        remember_token(access);
        remember(refresh);
    }
}

/// Remembers what a client made up to have something done only once.
pub fn remember_key(key: &[u8]) {
    if key.len() >= LEAST_TELLING_KEY {
        remember(&String::from_utf8_lossy(key));
    }
}

/// Remembers the secrets that services made for themselves, and the codes in mails that no
/// scenario has opened.
pub fn remember_what_services_keep() {
    for data in scratch::directories("data") {
        if let Ok(secret) = std::fs::read_to_string(data.join("jwt-secret")) {
            remember(secret.trim());
        }
        mailbox::codes_in(&data.join("mail")).iter().for_each(|code| remember(code));
    }
}

/// What of all secrets stands in the text.
pub fn found_in(text: &str) -> Vec<String> {
    let others = OTHERS.lock().unwrap();
    let all = CANARIES.into_iter().chain(others.iter().map(String::as_str));
    all.filter(|secret| text.contains(secret)).map(str::to_owned).collect()
}
