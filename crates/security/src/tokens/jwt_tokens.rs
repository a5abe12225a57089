use std::fmt;
use std::sync::Arc;

use jsonwebtoken::{Algorithm, Header, Validation, decode, decode_header, encode};
use reelmark_application::ports::{
    AccessToken, Clock, IdGenerator, Identity, TokenError, TokenIssuer, TokenIssuerError,
    TokenVerifier,
};

pub use super::claims::ACCESS_TOKEN_LIFETIME;
use super::claims::{Claims, Parties};
use super::hs256;
use super::signing_keys::{SigningKey, SigningKeys};

/// What tells an access token from every other JSON Web Token (RFC 9068, section 2.1).
const TYPE: &str = "at+jwt";
/// Ours have some 350 bytes; nobody makes us decode much more than that.
const MAX_BYTES: usize = 4096;

/// Whose tokens these are.
#[derive(Clone, Debug)]
pub struct JwtTokensConfig {
    /// What signs and verifies them.
    pub keys: SigningKeys,
    /// Who issues them: the `iss` claim.
    pub issuer: String,
    /// Whom they are for: the `aud` claim.
    pub audience: String,
}

/// Access tokens as JSON Web Tokens, signed with HMAC-SHA-256 and good for
/// [`ACCESS_TOKEN_LIFETIME`].
pub struct JwtTokens {
    keys: SigningKeys,
    parties: Parties,
    validation: Validation,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
}

impl JwtTokens {
    /// Issues and verifies by `clock`, and gives each token an id of `ids`.
    #[must_use]
    pub fn new(config: JwtTokensConfig, clock: Arc<dyn Clock>, ids: Arc<dyn IdGenerator>) -> Self {
        hs256::install();
        let parties = Parties { issuer: config.issuer, audience: config.audience };
        Self { keys: config.keys, validation: validation(&parties), parties, clock, ids }
    }

    fn now(&self) -> i64 {
        self.clock.now().unix_timestamp()
    }
}

/// What the library checks. Times are not among it, because it looks at the system's clock, and
/// neither are iat and jti, because it can't: [`Claims::check`] does.
fn validation(parties: &Parties) -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    validation.set_issuer(&[&parties.issuer]);
    validation.set_audience(&[&parties.audience]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

impl TokenIssuer for JwtTokens {
    fn issue(&self, bearer: Identity) -> Result<AccessToken, TokenIssuerError> {
        let key = self.keys.current();
        let claims = Claims::new(&self.parties, bearer, self.ids.new_id(), self.now());
        let token = encode(&header(key), &claims, key.signs())
            .map_err(|error| TokenIssuerError(error.into()))?;
        Ok(AccessToken { token, expires_in: ACCESS_TOKEN_LIFETIME })
    }
}

impl TokenVerifier for JwtTokens {
    fn verify(&self, token: &str) -> Result<Identity, TokenError> {
        if token.len() > MAX_BYTES {
            return Err(TokenError::Invalid);
        }
        let key = self.key_of(token).ok_or(TokenError::Invalid)?;
        let claims: Claims = decode(token, key.verifies(), &self.validation)
            .map_err(|_| TokenError::Invalid)?
            .claims;
        claims.check(&self.parties, self.now())
    }
}

impl JwtTokens {
    /// The key that a token says it was signed with, if its header is one that we write. All that
    /// attackers put there is refused with that: other algorithms and types, keys and addresses of
    /// keys, extensions that must be understood.
    fn key_of(&self, token: &str) -> Option<&SigningKey> {
        let claimed = decode_header(token).ok()?;
        let key = self.keys.find(claimed.kid.as_deref()?)?;
        (claimed == header(key)).then_some(key)
    }
}

fn header(key: &SigningKey) -> Header {
    let mut header = Header::new(Algorithm::HS256);
    header.typ = Some(TYPE.to_owned());
    header.kid = Some(key.id().to_owned());
    header
}

impl fmt::Debug for JwtTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwtTokens")
            .field("keys", &self.keys)
            .field("parties", &self.parties)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use reelmark_application::ports::{MockClock, MockIdGenerator};
    use reelmark_domain::{SessionId, UserId};
    use time::macros::datetime;

    use super::*;

    fn tokens() -> JwtTokens {
        let key = SigningKey::new("current", &[7; 32]).unwrap();
        let config = JwtTokensConfig {
            keys: SigningKeys::new(key, vec![]).unwrap(),
            issuer: "reelmark".into(),
            audience: "reelmark-api".into(),
        };
        let (mut clock, mut ids) = (MockClock::new(), MockIdGenerator::new());
        clock.expect_now().return_const(datetime!(2026-03-01 12:00 UTC));
        ids.expect_new_id().returning(|| "id".into());
        JwtTokens::new(config, Arc::new(clock), Arc::new(ids))
    }

    /// A token of ours but for what `change` does to its header.
    fn verify_with(change: impl FnOnce(&mut Header)) -> Result<Identity, TokenError> {
        let tokens = tokens();
        let key = tokens.keys.current();
        let mut header = header(key);
        change(&mut header);
        let (user_id, session_id) = (UserId::parse(7).unwrap(), SessionId::parse(70).unwrap());
        let bearer = Identity { user_id, session_id };
        let claims = Claims::new(&tokens.parties, bearer, "id".into(), tokens.now());
        tokens.verify(&encode(&header, &claims, key.signs()).unwrap())
    }

    #[test]
    fn refuses_even_a_well_signed_header_that_says_more_than_ours() {
        assert!(verify_with(|_| ()).is_ok());
        let more: [fn(&mut Header); 6] = [
            |header| header.jku = Some("https://reelmark.example/keys".into()),
            |header| header.x5u = Some("https://reelmark.example/key".into()),
            |header| header.x5c = Some(vec![]),
            |header| header.crit = Some(vec![]),
            |header| header.cty = Some("JWT".into()),
            |header| header.extras.insert("b64", true),
        ];
        for change in more {
            assert_eq!(verify_with(change), Err(TokenError::Invalid));
        }
    }
}
