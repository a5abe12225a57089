//! The contracts of `TokenIssuer` and `TokenVerifier`, which share their keys.

use std::sync::Arc;

use reelmark_application::ports::{Clock, Identity, TokenError, TokenIssuer, TokenVerifier};
use reelmark_domain::{SessionId, UserId};
use serde_json::json;
use time::Duration;

use super::forged_claims::forged_claims;
use super::forged_headers::forged_headers;
use super::forged_tokens::{changed_bits, forged_signatures, misshapen_tokens};
use super::token_forger::{Forgery, TokenForger};
use crate::FixedClock;

/// What every contract is given: an issuer and a verifier that look at one clock, and the secret
/// that the issuer signs with, because the strongest forgeries are those of somebody who knows it.
pub struct Tokens {
    /// Issues the tokens.
    pub issuer: Arc<dyn TokenIssuer>,
    /// Verifies them.
    pub verifier: Arc<dyn TokenVerifier>,
    /// What both take for the time.
    pub clock: Arc<FixedClock>,
    /// The HMAC-SHA-256 secret of the issuer.
    pub secret: Vec<u8>,
}

pub async fn a_token_names_whom_it_was_issued_to(tokens: Tokens) {
    for (user_id, session_id) in
        [(1, 1), (7, 4_294_967_296), (4_294_967_296, 7), (i64::MAX, i64::MAX)]
    {
        let bearer = bearer(user_id, session_id);
        let token = tokens.issuer.issue(bearer).unwrap().token;
        assert_eq!(tokens.verifier.verify(&token), Ok(bearer));
    }
}

pub async fn a_token_is_good_until_it_expires(tokens: Tokens) {
    let issued = tokens.issuer.issue(ada()).unwrap();

    tokens.clock.advance(Duration::try_from(issued.expires_in).unwrap() - Duration::SECOND);

    assert_eq!(tokens.verifier.verify(&issued.token), Ok(ada()));
}

pub async fn a_token_has_expired_31_seconds_after_its_time(tokens: Tokens) {
    let issued = tokens.issuer.issue(ada()).unwrap();
    let lifetime = Duration::try_from(issued.expires_in).unwrap();

    for later in [Duration::seconds(31), Duration::HOUR, Duration::weeks(500)] {
        let start = tokens.clock.now();
        tokens.clock.advance(lifetime + later);
        let verified = tokens.verifier.verify(&issued.token);
        assert_eq!(verified, Err(TokenError::Expired), "{later} later");
        tokens.clock.set(start);
    }
}

pub async fn a_token_is_invalid_31_seconds_before_its_time(tokens: Tokens) {
    let issued = tokens.issuer.issue(ada()).unwrap();

    tokens.clock.advance(Duration::seconds(-31));

    assert_eq!(tokens.verifier.verify(&issued.token), Err(TokenError::Invalid));
}

pub async fn two_tokens_of_one_user_at_one_moment_differ(tokens: Tokens) {
    let (one, other) = (tokens.issue(), tokens.issue());

    assert_ne!(one, other);
    assert_ne!(tokens.forger().claims()["jti"], tokens.forger().claims()["jti"]);
}

pub async fn a_token_states_what_it_must_and_nothing_else(tokens: Tokens) {
    let (header, claims) = (tokens.forger().header(), tokens.forger().claims());

    let stated: Vec<_> = claims.keys().map(String::as_str).collect();
    assert_eq!(stated, ["aud", "exp", "iat", "iss", "jti", "nbf", "sid", "sub"]);
    assert_eq!((&header["typ"], &header["alg"]), (&json!("at+jwt"), &json!("HS256")));
}

/// Without this the contracts below would prove nothing.
pub async fn a_forgery_that_changes_nothing_is_good(tokens: Tokens) {
    let unchanged = tokens.forger().unchanged();

    assert_eq!(tokens.verifier.verify(&unchanged), Ok(ada()));
}

pub async fn refuses_every_forged_header(tokens: Tokens) {
    tokens.assert_refused(forged_headers(&tokens.forger()));
}

pub async fn refuses_every_forged_claim(tokens: Tokens) {
    tokens.assert_refused(forged_claims(&tokens.forger()));
}

pub async fn refuses_every_forged_signature(tokens: Tokens) {
    tokens.assert_refused(forged_signatures(&tokens.forger()));
}

pub async fn refuses_what_has_not_the_shape_of_a_token(tokens: Tokens) {
    tokens.assert_refused(misshapen_tokens(&tokens.forger()));
}

pub async fn refuses_a_token_with_any_one_bit_changed(tokens: Tokens) {
    tokens.assert_refused(changed_bits(&tokens.issue()));
}

fn ada() -> Identity {
    bearer(7, 70)
}

fn bearer(user_id: i64, session_id: i64) -> Identity {
    let user_id = UserId::parse(user_id).unwrap();
    Identity { user_id, session_id: SessionId::parse(session_id).unwrap() }
}

impl Tokens {
    fn issue(&self) -> String {
        self.issuer.issue(ada()).unwrap().token
    }

    fn forger(&self) -> TokenForger {
        TokenForger::new(&self.issue(), &self.secret)
    }

    fn assert_refused(&self, forgeries: Vec<Forgery>) {
        assert!(!forgeries.is_empty());
        for Forgery { name, token } in forgeries {
            let verified = self.verifier.verify(&token);
            assert_eq!(verified, Err(TokenError::Invalid), "{name}: {token:.500}");
        }
    }
}

/// Declares one test per contract of `TokenIssuer` and `TokenVerifier`.
///
/// `$fresh` is an `async fn() -> Tokens`.
#[macro_export]
macro_rules! tokens_contracts {
    ($fresh:ident) => {
        $crate::contract_tests! { tokens, $fresh,
            a_token_names_whom_it_was_issued_to,
            a_token_is_good_until_it_expires,
            a_token_has_expired_31_seconds_after_its_time,
            a_token_is_invalid_31_seconds_before_its_time,
            two_tokens_of_one_user_at_one_moment_differ,
            a_token_states_what_it_must_and_nothing_else,
            a_forgery_that_changes_nothing_is_good,
            refuses_every_forged_header,
            refuses_every_forged_claim,
            refuses_every_forged_signature,
            refuses_what_has_not_the_shape_of_a_token,
            refuses_a_token_with_any_one_bit_changed,
        }
    };
}
