use std::time::Duration;

use reelmark_application::ports::{Identity, TokenError};
use reelmark_domain::{SessionId, UserId};
use serde::{Deserialize, Serialize};

/// How long an access token is good for.
pub const ACCESS_TOKEN_LIFETIME: Duration = Duration::from_secs(10 * 60);
const LIFETIME: i64 = ACCESS_TOKEN_LIFETIME.as_secs().cast_signed();
/// How many seconds the clocks of two replicas may be apart.
const LEEWAY: i64 = 30;

/// What a token states. All of it is required; what else a token may state is ignored.
/// Times are seconds since 1970.
#[derive(Deserialize, Serialize)]
pub(super) struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: String,
    exp: i64,
    iat: i64,
    nbf: i64,
    jti: String,
}

/// Who issues tokens, and for whom.
#[derive(Clone, Debug)]
pub(super) struct Parties {
    pub issuer: String,
    pub audience: String,
}

impl Claims {
    /// The claims of a token that is issued `now`.
    pub fn new(parties: &Parties, bearer: Identity, id: String, now: i64) -> Self {
        Self {
            iss: parties.issuer.clone(),
            aud: parties.audience.clone(),
            sub: bearer.user_id.to_string(),
            sid: bearer.session_id.to_string(),
            exp: now + LIFETIME,
            iat: now,
            nbf: now,
            jti: id,
        }
    }

    /// Whom the token names, if it says what it must.
    pub fn check(&self, parties: &Parties, now: i64) -> Result<Identity, TokenError> {
        let is_from_here = self.iss == parties.issuer && self.aud == parties.audience;
        if !is_from_here || self.jti.is_empty() {
            return Err(TokenError::Invalid);
        }
        let bearer = self.bearer().ok_or(TokenError::Invalid)?;
        self.check_times(now)?;
        Ok(bearer)
    }

    fn bearer(&self) -> Option<Identity> {
        let user_id = UserId::parse(number(&self.sub)?).ok()?;
        let session_id = SessionId::parse(number(&self.sid)?).ok()?;
        Some(Identity { user_id, session_id })
    }

    fn check_times(&self, now: i64) -> Result<(), TokenError> {
        // Nothing issued here lives longer, so that a token that claims to was not.
        let lifetime = self.exp.checked_sub(self.iat);
        if !lifetime.is_some_and(|seconds| (1..=LIFETIME).contains(&seconds)) {
            return Err(TokenError::Invalid);
        }
        if self.nbf.max(self.iat) > now + LEEWAY {
            return Err(TokenError::Invalid);
        }
        if self.exp <= now - LEEWAY {
            return Err(TokenError::Expired);
        }
        Ok(())
    }
}

/// A number has one spelling: "7" is one, "+7" and "07" are not.
fn number(text: &str) -> Option<i64> {
    let number: i64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_772_366_400;

    fn ada() -> Identity {
        let (user_id, session_id) = (UserId::parse(7).unwrap(), SessionId::parse(70).unwrap());
        Identity { user_id, session_id }
    }

    fn check_at(now: i64) -> Result<Identity, TokenError> {
        let parties = Parties { issuer: "reelmark".into(), audience: "everybody".into() };
        let claims = Claims::new(&parties, ada(), "id".into(), NOW);
        claims.check(&parties, now)
    }

    #[test]
    fn a_token_is_good_for_ten_minutes_and_the_leeway_on_both_sides() {
        assert_eq!(check_at(NOW - 31), Err(TokenError::Invalid));
        assert_eq!(check_at(NOW - 30), Ok(ada()));
        assert_eq!(check_at(NOW + 629), Ok(ada()));
        assert_eq!(check_at(NOW + 630), Err(TokenError::Expired));
    }
}
