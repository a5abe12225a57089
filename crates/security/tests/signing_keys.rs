//! What keys do for tokens: rotation, and who is kept out.
#![expect(clippy::unwrap_used, reason = "these are tests")]

use std::sync::Arc;

use reelmark_application::ports::{Identity, TokenError, TokenIssuer, TokenVerifier};
use reelmark_domain::{SessionId, UserId};
use reelmark_security::{JwtTokens, JwtTokensConfig, SigningKey, SigningKeys, UuidGenerator};
use reelmark_testkit::FixedClock;
use reelmark_testkit::builders::NOON;

const OLD: &str = "the old secret 0123456789abcdef0123456789";
const NEW: &str = "the new secret 0123456789abcdef0123456789";

fn key(id: &str, secret: &str) -> SigningKey {
    SigningKey::new(id, secret.as_bytes()).unwrap()
}

fn tokens(current: SigningKey, older: Vec<SigningKey>) -> JwtTokens {
    let config = JwtTokensConfig {
        keys: SigningKeys::new(current, older).unwrap(),
        issuer: "reelmark".into(),
        audience: "reelmark-api".into(),
    };
    let clock = Arc::new(FixedClock::at(NOON));
    JwtTokens::new(config, clock, Arc::new(UuidGenerator))
}

fn ada() -> Identity {
    let (user_id, session_id) = (UserId::parse(7).unwrap(), SessionId::parse(70).unwrap());
    Identity { user_id, session_id }
}

fn token_of(tokens: &JwtTokens) -> String {
    tokens.issue(ada()).unwrap().token
}

#[test]
fn a_token_survives_the_rotation_of_its_key() {
    let before = token_of(&tokens(key("old", OLD), vec![]));
    let rotated = tokens(key("new", NEW), vec![key("old", OLD)]);

    assert_eq!(rotated.verify(&before), Ok(ada()));
    assert_eq!(rotated.verify(&token_of(&rotated)), Ok(ada()));
}

#[test]
fn the_first_key_signs() {
    let rotated = tokens(key("new", NEW), vec![key("old", OLD)]);
    let token = token_of(&rotated);

    assert_eq!(tokens(key("new", NEW), vec![]).verify(&token), Ok(ada()));
    let refused = tokens(key("old", OLD), vec![]).verify(&token);
    assert_eq!(refused, Err(TokenError::Invalid));
}

#[test]
fn a_token_dies_with_its_key() {
    let before = token_of(&tokens(key("old", OLD), vec![]));

    let refused = tokens(key("new", NEW), vec![]).verify(&before);

    assert_eq!(refused, Err(TokenError::Invalid));
}

#[test]
fn a_key_verifies_only_what_names_it() {
    let renamed = token_of(&tokens(key("another", OLD), vec![]));
    let swapped = token_of(&tokens(key("new", OLD), vec![]));
    let rotated = tokens(key("new", NEW), vec![key("old", OLD)]);

    assert_eq!(rotated.verify(&renamed), Err(TokenError::Invalid));
    assert_eq!(rotated.verify(&swapped), Err(TokenError::Invalid));
}

#[test]
fn tokens_never_show_their_keys() {
    let tokens = tokens(key("new", NEW), vec![key("old", OLD)]);
    let token = tokens.issue(ada()).unwrap();

    let shown = format!("{tokens:?} {token:?}");

    assert!(!shown.contains("secret") && !shown.contains(&token.token), "{shown}");
}
