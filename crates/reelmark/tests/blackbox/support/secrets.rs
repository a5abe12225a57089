//! Everything that must never be logged, recognisable wherever it turns up.

use std::sync::Mutex;

/// Part of every password that any scenario sends.
pub const PASSWORD_CANARY: &str = "Kanarienvogel";

/// Part of every e-mail address.
pub const EMAIL_CANARY: &str = "canary.example";

static OTHERS: Mutex<Vec<String>> = Mutex::new(Vec::new());

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
    OTHERS.lock().unwrap().push(secret.to_owned());
}

/// What of all secrets stands in the text.
pub fn found_in(text: &str) -> Vec<String> {
    let canaries = [PASSWORD_CANARY, EMAIL_CANARY].map(str::to_owned);
    let others = OTHERS.lock().unwrap();
    let all = canaries.into_iter().chain(others.iter().cloned());
    all.filter(|secret| text.contains(secret)).collect()
}
